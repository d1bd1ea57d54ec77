// What the report says of values that so many records share that they identify nobody.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "hub/match/matching.hpp"

namespace cdh {

// "Shared by more than 100 records each, so they identify nobody: 2 e-mail addresses, 1 phone
// number", and how often so many records have everything equal that they are not joined; empty when
// there is none.
std::string describe_crowded(const CrowdedCounts& crowded, const MatchPolicy& policy);

}  // namespace cdh
