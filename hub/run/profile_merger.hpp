// From clusters and their records to golden profiles: the part of publishing that only computes, so
// that it can run beside the database's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/match/clustering.hpp"
#include "hub/match/profile_assignment.hpp"
#include "hub/merge/survivorship.hpp"
#include "hub/run/party_set.hpp"
#include "hub/run/pinned_profiles.hpp"
#include "hub/store/publication.hpp"
#include "hub/store/record_reader.hpp"

namespace cdh {

// A profile but for its identity: id, uuid and created_run are the caller's to give. The fingerprint
// does not depend on them.
struct MergedProfile {
  std::size_t cluster = 0;
  PublishedProfile profile;
};

// Of a signature of the set, as the clustering has it.
PublishedLink link_of(const PartySet& set, const Clustering& clustering, std::uint32_t signature);

class ProfileMerger {
 public:
  // Reads the streams and the pins, as the aliases lead now, here, and the database never again.
  // Borrows the others. `assignments`: for each cluster.
  ProfileMerger(Database& database, const HubConfig& config, const PartySet& set,
                const Clustering& clustering, const std::vector<ProfileAssignment>& assignments);

  // One for each cluster, in their order. `records`: all that the clusters have parties in,
  // ascending by id. For any thread. Throws Error(store) when a record is not readable.
  std::vector<MergedProfile> merge(std::span<const std::size_t> clusters,
                                   const std::vector<StoredRecord>& records) const;

 private:
  class RecordTable;

  PublishedProfile profile_of(std::size_t cluster, const RecordTable& records) const;

  const MergePolicy& policy_;
  const PartySet& set_;
  const Clustering& clustering_;
  const std::vector<ProfileAssignment>& assignments_;
  std::unordered_map<std::int64_t, int> trust_of_stream_;
  PinnedProfiles pins_;
};

}  // namespace cdh
