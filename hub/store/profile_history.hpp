// What runs did to profiles, and what these were before, for as many runs as can be undone
// (record_versions.hpp). Holds personal values, as the profiles do.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

// A profile's golden values, contacts and records by name: {"family_name", "Lee"}, {"email",
// "ann@example.com, type=work"}, {"record", "crm/crm/1/contact"}. Of one name there may be several.
// Sorted. Where two are equal, the profiles differ in lineage alone.
using ProfileValues = std::vector<std::pair<std::string, std::string>>;

// As published now: of those of these row ids that are there, by row id.
std::unordered_map<std::int64_t, ProfileValues> profile_values(
    Database& database, const std::vector<std::int64_t>& ids);

enum class ProfileFate : std::uint8_t { created, split_off, changed, merged, removed };
// "created", "split off", "changed", "merged", "removed"
std::string_view name_of(ProfileFate fate);

// What a run did to a profile: one a run, none of one created.
struct ProfileVersion {
  std::string uuid;
  std::int64_t created_run = 0;  // that brought it, or brought it back
  ProfileFate fate = ProfileFate::changed;
  std::string other;     // of one merged: into which; of one split off: from which
  ProfileValues values;  // before the run; of one split off none
};

// In the caller's transaction.
void add_profile_versions(Database& database, std::int64_t run_id,
                          std::span<const ProfileVersion> versions);

// Names the records of a source by its new name in all versions, as the profiles of today do. In the
// caller's transaction.
void rename_in_profile_versions(Database& database, const std::string& from, const std::string& to);

struct ProfileTransition {
  std::string uuid;
  std::string other;  // as of a version
  ProfileValues before, after;
};

// The profiles that this run did that to, as it found and as it left them, whatever became of them
// since: by UUID, the first `most`.
std::vector<ProfileTransition> profile_transitions(Database& database, std::int64_t run_id,
                                                   ProfileFate fate, std::size_t most);

}  // namespace cdh
