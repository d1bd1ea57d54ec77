// Levels of agreement of birth dates.
#pragma once

#include <cstdint>

#include "hub/match/match_field.hpp"

namespace cdh {

// Dates as 19840229; kMissing when one is 0. Symmetric.
Level compare_birth_dates(std::int32_t a, std::int32_t b);

}  // namespace cdh
