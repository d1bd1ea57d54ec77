// The ids that parties had before: of profiles that went with their last record, or were merged into
// others. Keeps what gives them back, and what leads from them to the profiles of today.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hub/match/profile_assignment.hpp"
#include "hub/run/party_set.hpp"
#include "hub/store/publication.hpp"

namespace cdh {

// No party is noted with the id of a profile that is there; all that are noted with a merged one
// are in the profile that its id leads to, or gone.
class FormerProfiles {
 public:
  FormerProfiles(Database& database, Publication& publication)
      : database_(database), publication_(publication) {}

  void load(const PartySet& set);
  // The former id of a party, or empty. Valid as long as this is.
  std::string_view of(const std::string& party) const;

  // First, for each: a profile goes on under its former id again.
  void take_back(std::string_view profile_uuid);
  // Then: the ids that lead to this cluster's profile now.
  void keep_merged(const ProfileAssignment& assignment, std::span<const std::uint32_t> members,
                   std::span<const PriorMembership> prior);
  // The profiles that are gone with their last party, by row id.
  void keep_gone(const PartySet& set,
                 const std::unordered_map<std::int64_t, std::string_view>& gone);

 private:
  Database& database_;
  Publication& publication_;
  std::unordered_map<std::string, std::string> id_of_party_;
};

}  // namespace cdh
