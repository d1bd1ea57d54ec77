#include "hub/run/pinned_profiles.hpp"

#include <algorithm>

#include "hub/store/membership.hpp"

namespace cdh {

PinnedProfiles::PinnedProfiles(Database& database) {
  for (const StoredDecision& decision : pins(database)) {
    pins_[profile_led_to(database, decision.left)].push_back(
        {decision.id, {decision.field, decision.value}});
  }
}

std::vector<Pin> PinnedProfiles::of(std::string_view profile_uuid,
                                    std::span<const ProfileMember> members) const {
  std::vector<Pin> out;
  if (pins_.empty()) return out;
  std::vector<DecidedPin> decided;
  const auto add = [&](std::string_view subject) {
    const auto at = pins_.find(std::string(subject));
    if (at != pins_.end()) decided.insert(decided.end(), at->second.begin(), at->second.end());
  };
  add(profile_uuid);
  for (const ProfileMember& member : members) add(member.key);
  std::sort(decided.begin(), decided.end(),
            [](const DecidedPin& a, const DecidedPin& b) { return a.decision < b.decision; });
  for (const DecidedPin& next : decided) {
    std::erase_if(out, [&](const Pin& earlier) { return earlier.field == next.pin.field; });
    if (!next.pin.text.empty()) out.push_back(next.pin);
  }
  return out;
}

}  // namespace cdh
