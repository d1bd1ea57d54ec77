#include "hub/run/link_path.hpp"

#include <algorithm>

namespace cdh {

namespace {

// The member and those it hangs from, up to the tree's root.
std::vector<const ViewedMember*> way_up(std::span<const ViewedMember> members, std::int64_t party) {
  std::vector<const ViewedMember*> way;
  while (way.size() < members.size()) {
    const auto at = std::ranges::find(members, party, &ViewedMember::party_id);
    if (at == members.end()) break;
    way.push_back(&*at);
    if (at->joined_to == 0) break;
    party = at->joined_to;
  }
  return way;
}

}  // namespace

std::vector<const ViewedMember*> link_path(std::span<const ViewedMember> members, std::int64_t a,
                                           std::int64_t b) {
  std::vector<const ViewedMember*> path = way_up(members, a), back = way_up(members, b);
  const auto meeting = std::ranges::find_first_of(path, back);
  if (meeting == path.end()) return {};
  back.erase(std::ranges::find(back, *meeting), back.end());
  path.erase(meeting + 1, path.end());
  path.insert(path.end(), back.rbegin(), back.rend());
  return path;
}

}  // namespace cdh
