// How much one publication may change at once before somebody must look.
#pragma once

#include <string>

#include "hub/config/limits.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

// Empty while no more of the profiles that were there go than `limits: profiles` allows: merged into
// others, split, or removed with their last record. Otherwise what happened, and how to go on. A
// pure function.
std::string reason_not_to_publish(const ProfileCounts& counts, std::int64_t profiles_before,
                                  const HubLimits& limits);

}  // namespace cdh
