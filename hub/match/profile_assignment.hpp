// Which profile each cluster is. Profile ids are for ever: they are UUIDv7 texts, so the smaller
// text is the older profile.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "hub/match/clustering.hpp"

namespace cdh {

// Where a party belonged before this run. Views, valid while the assignment is used.
struct PriorMembership {
  std::string_view profile_id;  // empty: to none yet
  std::string_view key;         // PartyIdentity::key
  // A profile it was part of before that was merged into this one; empty: none.
  std::string_view former_id = {};
  bool leaves = false;  // a steward has just named it as one that leaves the profile
};

struct ProfileAssignment {
  enum class Change : std::uint8_t {
    unchanged,  // the same parties as before, as far as they are still there
    joined,     // parties without a profile came to it
    created,    // only parties without a profile
    merged,     // parts of several profiles; it goes on under the oldest id
    split_off,  // leaves a profile that goes on elsewhere: under a former id, or a new one
    reduced,    // goes on under its id, while others left it
  };
  Change change = Change::created;
  std::string_view profile_id;                 // empty: the run mints one
  std::vector<std::string_view> became_alias;  // ascending: ids that now lead to this profile
};

// "split_off"
std::string_view name_of(ProfileAssignment::Change change);

// For each cluster its profile. `prior` has an element for each signature of the clustering.
//
// A profile whose parties are spread over several clusters goes on as the one that holds most of
// its own parties, which did not come to it by a merge; of equal ones, as the one that holds most
// parties; then the one that fewer parties were told to leave to; then that with the smallest key
// text among them. A cluster to which several profiles go takes the oldest id, the others become
// its aliases.
//
// A cluster that is left without an id by that takes a former one back, by the same rules: so a
// merge that is undone gives both sides the ids they had. Former ids that go to a cluster with an
// id become its aliases. Pure, in any order of the parties.
std::vector<ProfileAssignment> assign_profiles(const Clustering& clustering,
                                               std::span<const PriorMembership> prior);

}  // namespace cdh
