// How the evidence of a pair is shown, by `cdh review show` and `cdh profile explain`.
#pragma once

#include <iosfwd>

#include <nlohmann/json.hpp>

#include "hub/app/command.hpp"
#include "hub/match/pair_evidence.hpp"

namespace cdh {

// A line a field with its weight, and a bar that begins where the one above it ends: # goes up, -
// goes down. As CSV: the same without bars.
void print_evidence(std::ostream& out, const PairEvidence& evidence, Format format);

nlohmann::ordered_json evidence_json(const PairEvidence& evidence);

}  // namespace cdh
