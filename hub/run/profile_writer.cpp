#include "hub/run/profile_writer.hpp"

#include <algorithm>
#include <future>
#include <unordered_set>
#include <utility>

#include "hub/base/time.hpp"
#include "hub/store/landing.hpp"

namespace cdh {

namespace {

// Parties whose records are in memory at one time.
constexpr std::size_t kPartiesPerChunk = 10'000;

// As many of the first clusters as make up a chunk.
std::span<const std::size_t> first_chunk(std::span<const std::size_t> clusters,
                                         const Clustering& clustering) {
  std::size_t count = 0;
  for (std::size_t parties = 0; count < clusters.size() && parties < kPartiesPerChunk;) {
    parties += clustering[clusters[count++]].size();
  }
  return clusters.first(count);
}

// Whether the party is published as the clustering has it.
bool is_as_published(const PartySet& set, const Clustering& clustering, std::uint32_t member) {
  const Membership& prior = set.prior[member];
  const Join& join = clustering.joins[member];
  if (prior.party_id != set.signatures[member].identity.id) return false;
  if (join.to == kNobody) return prior.joined_to == 0;
  return prior.joined_to == set.signatures[join.to].identity.id &&
         prior.reason == describe(join.reason);
}

// The records that the clusters have parties in, ascending by id.
std::vector<StoredRecord> load_records(Database& database, const PartySet& set,
                                       const Clustering& clustering,
                                       std::span<const std::size_t> clusters) {
  std::vector<std::int64_t> ids;
  for (const std::size_t cluster : clusters) {
    for (const std::uint32_t member : clustering[cluster]) {
      ids.push_back(record_of(set.signatures[member].identity.id));
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return RecordReader::of(database, ids).next_block(ids.size());
}

}  // namespace

ProfileWriter::ProfileWriter(Database& database, Database* landing, Publication& publication,
                             const HubConfig& config, std::int64_t run_id)
    : database_(database),
      landing_(landing),
      publication_(publication),
      config_(config),
      run_id_(run_id),
      next_profile_id_(largest_id(database, "profile") + 1),
      is_first_(next_profile_id_ == 1),
      former_(database, publication) {}

ProfileCounts ProfileWriter::write(const PartySet& set, const Clustering& clustering,
                                   bool everything) {
  load_prior_profiles(set);
  former_.load(set);
  assign(set, clustering);
  const std::vector<std::size_t> affected = affected_clusters(set, clustering, everything);
  if (!everything) load_former_values(affected);
  remove_vanished(set);
  if (set.anew) {
    publication_.remove_all_profiles();
  } else {
    remove_links(set);
  }
  // Otherwise most are as they were: an index of millions would be made anew for a few.
  const bool is_bulk = (set.anew || is_first_) && publication_.begin_bulk();
  profile_of_.assign(set.signatures.size(), 0);
  merge_and_write(set, clustering, affected);
  write_links(set, clustering);
  if (is_bulk) publication_.end_bulk();
  add_profile_versions(database_, run_id_, replaced_);
  return counts_;
}

std::vector<std::size_t> ProfileWriter::affected_clusters(const PartySet& set,
                                                          const Clustering& clustering,
                                                          bool everything) const {
  std::unordered_set<std::int64_t> touched;  // profiles that lost a party
  for (const Membership& membership : set.departed) touched.insert(membership.profile_id);
  const std::unordered_set<std::int64_t> changed(set.changed_records.begin(),
                                                 set.changed_records.end());
  const auto is_settled = [&](std::size_t cluster) {
    const ProfileAssignment& assignment = assignments_[cluster];
    const bool is_unchanged = assignment.change == ProfileAssignment::Change::unchanged;
    if (!is_unchanged || !assignment.became_alias.empty()) return false;
    const auto known = prior_by_uuid_.find(assignment.profile_id);
    if (known == prior_by_uuid_.end() || touched.contains(known->second)) return false;
    if (set.newly_pinned.contains(std::string(assignment.profile_id))) return false;
    return std::ranges::all_of(clustering[cluster], [&](std::uint32_t member) {
      return !changed.contains(record_of(set.signatures[member].identity.id)) &&
             is_as_published(set, clustering, member);
    });
  };
  std::vector<std::size_t> affected;
  for (std::size_t cluster = 0; cluster < clustering.size(); ++cluster) {
    if (everything || !is_settled(cluster)) affected.push_back(cluster);
  }
  return affected;
}

// A chunk is loaded, merged and written. With a connection of its own, a thread loads and merges one
// while this one writes the one before it; what was written is freed there, where there is time.
void ProfileWriter::merge_and_write(const PartySet& set, const Clustering& clustering,
                                    std::span<const std::size_t> clusters) {
  const ProfileMerger merger(database_, config_, set, clustering, assignments_);
  Database& source = landing_ != nullptr ? *landing_ : database_;
  std::future<std::vector<MergedProfile>> merging;
  std::vector<MergedProfile> merged;
  while (!clusters.empty()) {
    const std::span<const std::size_t> chunk = first_chunk(clusters, clustering);
    std::vector<MergedProfile> written = std::move(merged);
    merged = merging.valid() ? merging.get() : std::vector<MergedProfile>();
    merging = std::async(landing_ != nullptr ? std::launch::async : std::launch::deferred,
                         [&, chunk, written = std::move(written)]() mutable {
                           written.clear();
                           return merger.merge(chunk, load_records(source, set, clustering, chunk));
                         });
    write_chunk(set, clustering, merged);
    clusters = clusters.subspan(chunk.size());
  }
  if (!merging.valid()) return;
  merged = merging.get();
  write_chunk(set, clustering, merged);
}

// Of a run that derives everything too much would be kept.
void ProfileWriter::load_former_values(std::span<const std::size_t> clusters) {
  std::unordered_set<std::string_view> going_on;
  for (const ProfileAssignment& assignment : assignments_) going_on.insert(assignment.profile_id);
  std::vector<std::int64_t> ids;
  for (const auto& [id, row] : prior_) {
    if (!going_on.contains(row.uuid)) ids.push_back(id);
  }
  for (const std::size_t cluster : clusters) {
    const auto prior = prior_by_uuid_.find(assignments_[cluster].profile_id);
    if (prior != prior_by_uuid_.end()) ids.push_back(prior->second);
  }
  former_values_ = profile_values(database_, ids);
}

void ProfileWriter::keep_former(std::int64_t profile_id, const std::string& uuid) {
  const auto at = former_values_.find(profile_id);
  if (at != former_values_.end()) replaced_.push_back({uuid, std::move(at->second)});
}

void ProfileWriter::load_prior_profiles(const PartySet& set) {
  std::vector<std::int64_t> ids;
  for (const auto* memberships : {&set.prior, &set.departed}) {
    for (const Membership& membership : *memberships) {
      if (membership.profile_id != 0) ids.push_back(membership.profile_id);
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  for (ProfileRow& row : profiles(database_, ids)) {
    const std::int64_t id = row.id;
    const auto& kept = prior_.emplace(id, std::move(row)).first->second;
    prior_by_uuid_.emplace(kept.uuid, id);
  }
}

void ProfileWriter::assign(const PartySet& set, const Clustering& clustering) {
  std::vector<PriorMembership> prior(set.signatures.size());
  for (std::size_t i = 0; i < prior.size(); ++i) {
    const PartyIdentity& identity = set.signatures[i].identity;
    prior[i].key = identity.key;
    prior[i].leaves = set.leaving.contains(identity.id);
    const auto at = prior_.find(set.prior[i].profile_id);
    if (at == prior_.end()) {
      prior[i].profile_id = former_.of(identity.key);
    } else {
      prior[i].profile_id = at->second.uuid;
      prior[i].former_id = former_.of(identity.key);
    }
  }
  assignments_ = assign_profiles(clustering, prior);
  for (std::size_t i = 0; i < assignments_.size(); ++i) {
    const ProfileAssignment& assignment = assignments_[i];
    if (!assignment.profile_id.empty() && !prior_by_uuid_.contains(assignment.profile_id)) {
      former_.take_back(assignment.profile_id);
    }
  }
  for (std::size_t i = 0; i < assignments_.size(); ++i) {
    former_.keep_merged(assignments_[i], clustering[i], prior);
  }
}

// Profiles that go on under no cluster: merged into another, or without a party.
void ProfileWriter::remove_vanished(const PartySet& set) {
  std::unordered_set<std::string_view> going_on, merged;
  for (const ProfileAssignment& assignment : assignments_) {
    if (!assignment.profile_id.empty()) going_on.insert(assignment.profile_id);
    merged.insert(assignment.became_alias.begin(), assignment.became_alias.end());
  }
  std::vector<std::int64_t> removed;
  std::unordered_map<std::int64_t, std::string_view> gone;
  for (const auto& [id, row] : prior_) {
    if (going_on.contains(row.uuid)) continue;
    removed.push_back(id);
    keep_former(id, row.uuid);
    if (merged.contains(row.uuid)) {
      ++counts_.merged;
    } else {
      gone.emplace(id, row.uuid);
      ++counts_.removed;
    }
  }
  std::sort(removed.begin(), removed.end());
  publication_.remove_profiles(removed);
  former_.keep_gone(set, gone);
}

// Of parties that are not there any more, or stand at another place of their record.
void ProfileWriter::remove_links(const PartySet& set) {
  std::vector<std::int64_t> parties;
  for (const Membership& membership : set.departed) parties.push_back(membership.party_id);
  for (std::size_t i = 0; i < set.signatures.size(); ++i) {
    const Membership& prior = set.prior[i];
    if (prior.profile_id != 0 && prior.party_id != set.signatures[i].identity.id) {
      parties.push_back(prior.party_id);
    }
  }
  publication_.remove_links(parties);
}

// Takes away what is published of the profiles that differ from it, and writes these; all of them
// when everything is written anew.
void ProfileWriter::write_chunk(const PartySet& set, const Clustering& clustering,
                                std::vector<MergedProfile>& merged) {
  std::vector<const MergedProfile*> changed;
  std::vector<std::int64_t> old_profiles, old_links;
  const std::int64_t now = now_micros();
  for (MergedProfile& next : merged) {
    const ProfileAssignment& assignment = assignments_[next.cluster];
    PublishedProfile& profile = next.profile;
    const auto prior = prior_by_uuid_.find(assignment.profile_id);
    bool differs = true;
    const bool known = !assignment.profile_id.empty() && prior != prior_by_uuid_.end();
    if (known) {
      const ProfileRow& row = prior_.at(prior->second);
      differs = row.fingerprint != profile.fingerprint;
      if (!differs && !set.anew) continue;
      if (differs) keep_former(row.id, row.uuid);
      profile.id = row.id;
      profile.uuid = row.uuid;
      profile.created_run = row.created_run;
      profile.changed_run = differs ? run_id_ : row.changed_run;
      old_profiles.push_back(row.id);
    } else {
      const bool comes_back = !assignment.profile_id.empty();
      profile.id = next_profile_id_++;
      profile.uuid = comes_back ? std::string(assignment.profile_id) : mint_.next(now);
      profile.created_run = profile.changed_run = run_id_;
    }
    for (const std::uint32_t member : clustering[next.cluster]) {
      profile_of_[member] = profile.id;
      // Of one that moved, remove_links has done so, and another may have its place by now.
      const bool moved = set.prior[member].party_id != set.signatures[member].identity.id;
      if (!moved) old_links.push_back(set.prior[member].party_id);
    }
    if (differs) count(assignment, known);
    written_.push_back(profile.id);
    changed.push_back(&next);
  }
  if (!set.anew) {
    publication_.remove_profiles(old_profiles);
    publication_.remove_links(old_links);
  }
  for (const MergedProfile* next : changed) publication_.add(next->profile);
  publication_.flush();
}

void ProfileWriter::write_links(const PartySet& set, const Clustering& clustering) {
  for (std::uint32_t i = 0; i < profile_of_.size(); ++i) {
    if (profile_of_[i] == 0) continue;
    PublishedLink link = link_of(set, clustering, i);
    link.profile_id = profile_of_[i];
    publication_.add(link);
  }
  publication_.flush();
}

void ProfileWriter::count(const ProfileAssignment& assignment, bool known) {
  using Change = ProfileAssignment::Change;
  switch (assignment.change) {
    case Change::created:
      ++counts_.created;
      break;
    case Change::split_off:
      ++counts_.split;
      break;
    default:
      ++(known ? counts_.changed : counts_.created);
  }
}

}  // namespace cdh
