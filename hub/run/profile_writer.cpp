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

// Whether the party's link is, but for its profile, published as the clustering has it.
bool is_as_published(const PartySet& set, const Clustering& clustering, std::uint32_t member) {
  const Membership& prior = set.prior[member];
  const PublishedLink link = link_of(set, clustering, member);
  const bool is_person = set.signatures[member].kind == PartyKind::person;
  return prior.party_id == link.party_id && prior.name == link.name &&
         prior.is_person == is_person && prior.joined_to == link.joined_to &&
         prior.reason == link.reason;
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
  remove_vanished(set);
  if (set.anew && !prior_.empty()) {
    // Merged twice: what they were is known only while they are there, and which differ only then.
    for_each_merged(set, clustering, affected, Former::read,
                    [&](Chunk& chunk) { keep_changed(chunk); });
  }
  if (set.anew) publication_.remove_all_profiles();
  // Otherwise most are as they were: an index of millions would be made anew for a few.
  const bool is_bulk = (set.anew || is_first_) && publication_.begin_bulk();
  profile_of_.assign(set.signatures.size(), 0);
  for_each_merged(set, clustering, affected, set.anew ? Former::left_out : Former::read,
                  [&](Chunk& chunk) { write_chunk(set, clustering, chunk); });
  if (!set.anew) remove_links(set);
  write_links(set, clustering);
  if (is_bulk) publication_.end_bulk();
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

// A chunk is loaded, merged and visited. With a connection of its own, a thread loads and merges one
// while the one before it is written; what was written is freed there, where there is time.
void ProfileWriter::for_each_merged(const PartySet& set, const Clustering& clustering,
                                    std::span<const std::size_t> clusters, Former former,
                                    const std::function<void(Chunk&)>& visit) {
  const ProfileMerger merger(database_, config_, set, clustering, assignments_);
  Database& source = landing_ != nullptr ? *landing_ : database_;
  std::future<Chunk> merging;
  Chunk merged;
  while (!clusters.empty()) {
    const std::span<const std::size_t> next = first_chunk(clusters, clustering);
    Chunk written = std::exchange(merged, Chunk());
    if (merging.valid()) merged = merging.get();
    merging = std::async(landing_ != nullptr ? std::launch::async : std::launch::deferred,
                         [&, next, written = std::move(written)]() mutable {
                           written = Chunk();
                           return merge(merger, source, set, clustering, next, former);
                         });
    visit(merged);
    clusters = clusters.subspan(next.size());
  }
  if (!merging.valid()) return;
  merged = merging.get();
  visit(merged);
}

// What the profiles were is read while their links, too, are what they were: by another connection,
// which sees nothing of what this one writes, or before remove_links(). Not while the indexes are
// away: on PostgreSQL another connection would wait for this one.
ProfileWriter::Chunk ProfileWriter::merge(const ProfileMerger& merger, Database& source,
                                          const PartySet& set, const Clustering& clustering,
                                          std::span<const std::size_t> clusters,
                                          Former former) const {
  Chunk chunk;
  chunk.merged = merger.merge(clusters, load_records(source, set, clustering, clusters));
  if (former == Former::left_out) return chunk;
  std::vector<std::int64_t> different;
  for (const MergedProfile& next : chunk.merged) {
    const ProfileRow* row = published(next.cluster);
    if (row != nullptr && row->fingerprint != next.profile.fingerprint)
      different.push_back(row->id);
  }
  chunk.former = profile_values(source, different);
  chunk.former_contacts = PublishedContacts(source, different);
  return chunk;
}

const ProfileRow* ProfileWriter::published(std::size_t cluster) const {
  const std::string_view uuid = assignments_[cluster].profile_id;
  const auto at = uuid.empty() ? prior_by_uuid_.end() : prior_by_uuid_.find(uuid);
  return at == prior_by_uuid_.end() ? nullptr : &prior_.at(at->second);
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
  std::unordered_set<std::string_view> going_on;
  std::unordered_map<std::string_view, std::string_view> merged_into;
  for (const ProfileAssignment& assignment : assignments_) {
    if (!assignment.profile_id.empty()) going_on.insert(assignment.profile_id);
    for (const std::string_view alias : assignment.became_alias) {
      merged_into.emplace(alias, assignment.profile_id);
    }
  }
  std::vector<std::int64_t> removed;
  std::unordered_map<std::int64_t, std::string_view> gone;
  for (const auto& [id, row] : prior_) {
    if (going_on.contains(row.uuid)) continue;
    removed.push_back(id);
    if (merged_into.contains(row.uuid)) {
      ++counts_.merged;
    } else {
      gone.emplace(id, row.uuid);
      ++counts_.removed;
    }
  }
  std::sort(removed.begin(), removed.end());
  keep_vanished(removed, merged_into);
  publication_.remove_profiles(removed);
  former_.keep_gone(set, gone);
}

void ProfileWriter::keep_vanished(
    const std::vector<std::int64_t>& profiles,
    const std::unordered_map<std::string_view, std::string_view>& merged_into) {
  for (std::size_t begin = 0; begin < profiles.size(); begin += kPartiesPerChunk) {
    const std::size_t end = std::min(profiles.size(), begin + kPartiesPerChunk);
    auto former = profile_values(database_, {profiles.begin() + static_cast<std::ptrdiff_t>(begin),
                                             profiles.begin() + static_cast<std::ptrdiff_t>(end)});
    std::vector<ProfileVersion> versions;
    for (auto& [id, values] : former) {
      const ProfileRow& row = prior_.at(id);
      const auto into = merged_into.find(row.uuid);
      const bool is_merged = into != merged_into.end();
      versions.push_back({row.uuid, row.created_run,
                          is_merged ? ProfileFate::merged : ProfileFate::removed,
                          is_merged ? std::string(into->second) : "", std::move(values)});
    }
    add_profile_versions(database_, run_id_, versions);
  }
}

// Of parties that are not there any more, or stand at another place of their record, and of those
// whose links are about to be written.
void ProfileWriter::remove_links(const PartySet& set) {
  std::vector<std::int64_t> parties;
  for (const Membership& membership : set.departed) parties.push_back(membership.party_id);
  for (std::size_t i = 0; i < set.signatures.size(); ++i) {
    const Membership& prior = set.prior[i];
    const bool moved = prior.party_id != set.signatures[i].identity.id;
    if (prior.profile_id != 0 && (moved || profile_of_[i] != 0)) parties.push_back(prior.party_id);
  }
  publication_.remove_links(parties);
}

std::string ProfileWriter::former_profile(const PartySet& set,
                                          std::span<const std::uint32_t> members) const {
  for (const std::uint32_t member : members) {
    const auto at = prior_.find(set.prior[member].profile_id);
    if (at != prior_.end()) return at->second.uuid;
  }
  return "";
}

void ProfileWriter::keep_changed(Chunk& chunk) {
  std::vector<ProfileVersion> versions;
  for (const MergedProfile& next : chunk.merged) {
    const ProfileRow* row = published(next.cluster);
    const auto former = row == nullptr ? chunk.former.end() : chunk.former.find(row->id);
    if (former == chunk.former.end()) continue;
    versions.push_back(
        {row->uuid, row->created_run, ProfileFate::changed, "", std::move(former->second)});
  }
  add_profile_versions(database_, run_id_, versions);
}

// Writes the profiles that differ from what is published in its place; all of them when everything is
// written anew.
void ProfileWriter::write_chunk(const PartySet& set, const Clustering& clustering, Chunk& chunk) {
  std::vector<const PublishedProfile*> added, replaced;
  std::vector<ProfileVersion> split_off;
  const std::int64_t now = now_micros();
  for (MergedProfile& next : chunk.merged) {
    const ProfileAssignment& assignment = assignments_[next.cluster];
    PublishedProfile& profile = next.profile;
    const ProfileRow* row = published(next.cluster);
    const bool known = row != nullptr;
    const bool differs = !known || row->fingerprint != profile.fingerprint;
    if (known) {
      if (!differs && !set.anew) continue;
      profile.id = row->id;
      profile.uuid = row->uuid;
      profile.created_run = row->created_run;
      profile.changed_run = differs ? run_id_ : row->changed_run;
    } else {
      const bool comes_back = !assignment.profile_id.empty();
      profile.id = next_profile_id_++;
      profile.uuid = comes_back ? std::string(assignment.profile_id) : mint_.next(now);
      profile.created_run = profile.changed_run = run_id_;
      if (assignment.change == ProfileAssignment::Change::split_off) {
        split_off.push_back({profile.uuid,
                             run_id_,
                             ProfileFate::split_off,
                             former_profile(set, clustering[next.cluster]),
                             {}});
      }
    }
    // A link that is right stays: most lie on pages where nothing else changes.
    for (const std::uint32_t member : clustering[next.cluster]) {
      const bool stays = !set.anew && set.prior[member].profile_id == profile.id &&
                         is_as_published(set, clustering, member);
      if (!stays) profile_of_[member] = profile.id;
    }
    if (differs) count(assignment, known);
    written_.push_back(profile.id);
    (known && !set.anew ? replaced : added).push_back(&profile);
  }
  publication_.replace(replaced, chunk.former_contacts);
  keep_changed(chunk);
  add_profile_versions(database_, run_id_, split_off);
  for (const PublishedProfile* profile : added) publication_.add(*profile);
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
