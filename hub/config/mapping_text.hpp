// A stream's mapping as one canonical text, for the pipeline's fingerprint.
#pragma once

#include <string>

#include "hub/config/hub_config.hpp"

namespace cdh {

// Equal texts map equal records to equal results: what is mapped, under which conditions and rules,
// in which country and time zone, and what the record's key and time are. The order of fields does
// not count, that of entities does. Names, not numbers, stand for entities and fields, so that a
// newer model leaves the text as it is. Not covered: trust, and the transforms, whose plugins know
// what they depend on. Hash it with hash64().
std::string mapping_text(const StreamConfig& stream, const SourceConfig& source);

}  // namespace cdh
