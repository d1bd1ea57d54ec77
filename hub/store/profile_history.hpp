// What profiles were before a run changed them, for as many runs as can be undone
// (record_versions.hpp). Holds personal values, as the profiles do.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

// A profile's golden values, contacts and records by name: {"family_name", "Lee"}, {"email",
// "ann@example.com"}, {"record", "crm/crm/1/contact"}. Of one name there may be several. Sorted.
using ProfileValues = std::vector<std::pair<std::string, std::string>>;

// As published now: of those of these row ids that are there, by row id.
std::unordered_map<std::int64_t, ProfileValues> profile_values(
    Database& database, const std::vector<std::int64_t>& ids);

struct ProfileVersion {
  std::string uuid;
  ProfileValues values;
};

// In the caller's transaction. A profile's first version of a run is the one that counts.
void add_profile_versions(Database& database, std::int64_t run_id,
                          std::span<const ProfileVersion> versions);
// What this run changed, merged or removed, as it was before. By UUID; the first `most`.
std::vector<ProfileVersion> profile_versions(Database& database, std::int64_t run_id,
                                             std::size_t most);
// The profile as this run left it: as the next run that changed it found it, or as it is now.
// Nothing when the run left none.
std::optional<ProfileValues> profile_after(Database& database, const std::string& uuid,
                                           std::int64_t run_id);

}  // namespace cdh
