// The contacts of a profile's members, each once.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "hub/merge/survivorship.hpp"

namespace cdh {

// By entity, then in survivorship order. What counts as equal is said at survive().
std::vector<GoldenContact> collect_contacts(std::span<const ProfileMember> members,
                                            const MergePolicy& policy);

// Puts the contact of the entity named so ("email") whose value is `text` before the others of its
// kind, adding it when there is none. Nothing happens when no contact entity is named so.
void pin_contact(std::string_view entity_name, std::string_view text,
                 std::vector<GoldenContact>& contacts);

}  // namespace cdh
