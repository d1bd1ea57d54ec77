// Merges clusters into golden profiles and writes those that differ from what is published.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "hub/base/uuid.hpp"
#include "hub/config/hub_config.hpp"
#include "hub/match/clustering.hpp"
#include "hub/match/profile_assignment.hpp"
#include "hub/merge/survivorship.hpp"
#include "hub/run/former_profiles.hpp"
#include "hub/run/party_set.hpp"
#include "hub/run/pinned_profiles.hpp"
#include "hub/store/publication.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

class ProfileWriter {
 public:
  ProfileWriter(Database& database, Publication& publication, const HubConfig& config,
                std::int64_t run_id);

  // Writes the profiles of all clusters of the set, and takes away those that have no party left.
  // The counts are of this set; `total` is left 0.
  ProfileCounts write(const PartySet& set, const Clustering& clustering);

 private:
  struct LoadedRecord {
    MappedRecord mapped;
    std::int64_t stream_id = 0;
    std::optional<std::int64_t> updated_at;
  };
  void load_prior_profiles(const PartySet& set);
  void assign(const PartySet& set, const Clustering& clustering);
  void write_chunk(const PartySet& set, const Clustering& clustering, std::size_t begin,
                   std::size_t end);
  void load_records(const PartySet& set, const Clustering& clustering, std::size_t begin,
                    std::size_t end);
  PublishedProfile merge(const PartySet& set, std::span<const std::uint32_t> members,
                         std::string_view profile_uuid);
  std::vector<PublishedLink> links(const PartySet& set, const Clustering& clustering,
                                   std::span<const std::uint32_t> members, std::int64_t profile_id);
  void remove_links(const PartySet& set);
  void remove_vanished(const PartySet& set);
  void count(const ProfileAssignment& assignment, bool known);

  Database& database_;
  Publication& publication_;
  const HubConfig& config_;
  std::int64_t run_id_;
  std::int64_t next_profile_id_;
  UuidMint mint_;
  std::unordered_map<std::int64_t, StreamName> streams_;
  std::unordered_map<std::string, int> trust_of_source_;
  PinnedProfiles pins_;
  FormerProfiles former_;
  std::unordered_map<std::int64_t, ProfileRow> prior_;  // by row id
  std::unordered_map<std::string_view, std::int64_t> prior_by_uuid_;
  std::vector<ProfileAssignment> assignments_;
  std::unordered_map<std::int64_t, LoadedRecord> records_;
  std::vector<std::string> reasons_;  // owns what the links' views point to
  ProfileCounts counts_;
};

}  // namespace cdh
