// What the report says of values that so many records share that they identify nobody.
#pragma once

#include <cstdint>
#include <string>

#include "hub/run/party_set.hpp"

namespace cdh {

// "Shared by more than 100 records each, so they identify nobody: 2 e-mail addresses, 1 phone
// number"; empty when there is none. Of the values that matching met: those of all records, or of
// the affected ones.
std::string describe_crowded(const PartySet& set, std::int64_t max_holders);

}  // namespace cdh
