// How much one publication may change at once before somebody must look.
#pragma once

#include <string>

#include "hub/store/run_log.hpp"

namespace cdh {

// Empty while no more than half of the profiles that were there go: merged into others, split, or
// removed with their last record. Fewer than a hundred may change as they will. Otherwise what
// happened, and how to go on. A pure function.
std::string reason_not_to_publish(const ProfileCounts& counts, std::int64_t profiles_before);

}  // namespace cdh
