// Merges clusters into golden profiles and writes those that differ from what is published.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "hub/base/uuid.hpp"
#include "hub/config/hub_config.hpp"
#include "hub/match/clustering.hpp"
#include "hub/match/profile_assignment.hpp"
#include "hub/run/former_profiles.hpp"
#include "hub/run/party_set.hpp"
#include "hub/run/profile_merger.hpp"
#include "hub/store/profile_history.hpp"
#include "hub/store/publication.hpp"
#include "hub/store/published_contacts.hpp"
#include "hub/store/record_reader.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

class ProfileWriter {
 public:
  // `landing`: another connection, by which records are read while this one writes; null where their
  // landing is not committed.
  ProfileWriter(Database& database, Database* landing, Publication& publication,
                const HubConfig& config, std::int64_t run_id);

  // Writes the profiles of the clusters that differ from what is published, and takes away those
  // that have no party left. A cluster of the same parties, with no record changed and no value
  // pinned since, is passed over, unless `everything` is to be merged anew. The counts' `total` is
  // left 0. What profiles were that change or go is kept (profile_history.hpp). Each table is written
  // in the order of its keys as far as can be: in no order, millions of rows take many times as long.
  ProfileCounts write(const PartySet& set, const Clustering& clustering, bool everything);

  // The profiles it wrote, by row id.
  const std::vector<std::int64_t>& written() const { return written_; }

 private:
  // As many clusters as are in memory at one time.
  struct Chunk {
    std::vector<MergedProfile> merged;
    // Of those that are published otherwise, what they were; by row id.
    std::unordered_map<std::int64_t, ProfileValues> former;
    PublishedContacts former_contacts;
  };

  enum class Former { left_out, read };

  Chunk merge(const ProfileMerger& merger, Database& source, const PartySet& set,
              const Clustering& clustering, std::span<const std::size_t> clusters,
              Former former) const;
  const ProfileRow* published(std::size_t cluster) const;  // null: none
  void load_prior_profiles(const PartySet& set);
  void assign(const PartySet& set, const Clustering& clustering);
  std::vector<std::size_t> affected_clusters(const PartySet& set, const Clustering& clustering,
                                             bool everything) const;
  void for_each_merged(const PartySet& set, const Clustering& clustering,
                       std::span<const std::size_t> clusters, Former former,
                       const std::function<void(Chunk&)>& visit);
  void keep_changed(Chunk& chunk);
  void write_chunk(const PartySet& set, const Clustering& clustering, Chunk& chunk);
  void write_links(const PartySet& set, const Clustering& clustering);
  void remove_links(const PartySet& set);
  void remove_vanished(const PartySet& set);
  void keep_vanished(const std::vector<std::int64_t>& profiles,
                     const std::unordered_map<std::string_view, std::string_view>& merged_into);
  // From which profile the cluster's members came.
  std::string former_profile(const PartySet& set, std::span<const std::uint32_t> members) const;
  void count(const ProfileAssignment& assignment, bool known);

  Database& database_;
  Database* landing_;
  Publication& publication_;
  const HubConfig& config_;
  std::int64_t run_id_;
  std::int64_t next_profile_id_;
  bool is_first_;  // no profile is published yet
  UuidMint mint_;
  FormerProfiles former_;
  std::unordered_map<std::int64_t, ProfileRow> prior_;  // by row id
  std::unordered_map<std::string_view, std::int64_t> prior_by_uuid_;
  std::vector<ProfileAssignment> assignments_;
  ProfileCounts counts_;
  std::vector<std::int64_t> written_;
  std::vector<std::int64_t> profile_of_;  // of each signature that has a link to be written, else 0
};

}  // namespace cdh
