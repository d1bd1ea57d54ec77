// The values that stewards pinned, by the profile they were pinned of.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/merge/survivorship.hpp"
#include "hub/store/database.hpp"

namespace cdh {

// A pin belongs to a profile's id. Of a split it stays with the part that keeps the id; in a merge
// it comes along, and of two on one field the later one counts; and when the merge is undone, each
// goes back with its id.
class PinnedProfiles {
 public:
  PinnedProfiles() = default;
  // As the aliases lead now.
  explicit PinnedProfiles(Database& database);

  // The latest of each field. `profile_uuid` may be empty, of a profile that is new.
  std::vector<Pin> of(std::string_view profile_uuid, std::span<const ProfileMember> members) const;

 private:
  struct DecidedPin {
    std::int64_t decision;  // ascending in time
    Pin pin;                // an empty text takes an earlier one away
  };
  // By the profile's UUID; those of older stores by a party's key, which holds slashes.
  std::unordered_map<std::string, std::vector<DecidedPin>> pins_;
};

}  // namespace cdh
