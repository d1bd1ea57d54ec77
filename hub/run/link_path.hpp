// How two records of a profile came to be one: the links that lead from one to the other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hub/store/profile_view.hpp"

namespace cdh {

// The members from party `a` to party `b`, both included; each is linked to the next, by the reason
// of whichever of the two was joined to the other. Empty when the links do not lead there.
std::vector<const ViewedMember*> link_path(std::span<const ViewedMember> members, std::int64_t a,
                                           std::int64_t b);

}  // namespace cdh
