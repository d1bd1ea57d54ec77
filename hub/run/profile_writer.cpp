#include "hub/run/profile_writer.hpp"

#include <algorithm>
#include <unordered_set>

#include "hub/base/hash.hpp"
#include "hub/base/json_text.hpp"
#include "hub/base/time.hpp"
#include "hub/merge/lineage.hpp"
#include "hub/store/landing.hpp"

namespace cdh {

namespace {

// Parties whose records are in memory at one time.
constexpr std::size_t kPartiesPerChunk = 20'000;

// The index of a party in its record, from its id.
std::size_t index_in_record(const MappedRecord& record, std::int64_t party_id) {
  auto place = static_cast<std::size_t>(party_id % kIdsPerRecord);
  for (std::size_t i = 0; i < record.entities.size(); ++i) {
    if (entity(record.entities[i].entity).role == EntityRole::contact) continue;
    if (place-- == 0) return i;
  }
  return 0;
}

void mix(std::string_view text, std::uint64_t& hash) { hash = hash64(text, hash); }
void mix(std::uint64_t number, std::uint64_t& hash) {
  hash = hash64({reinterpret_cast<const char*>(&number), sizeof number}, hash);
}

std::int64_t fingerprint_of(const PublishedProfile& profile,
                            const std::vector<PublishedLink>& links) {
  std::uint64_t hash = profile.party;
  mix(profile.display_name, hash);
  for (const MappedField& field : profile.fields) {
    mix(field.field, hash);
    mix(field.text, hash);
  }
  for (const PublishedContact& contact : profile.contacts) {
    mix(contact.entity, hash);
    for (const MappedField& field : contact.fields) {
      mix(field.field, hash);
      mix(field.text, hash);
    }
    mix(static_cast<std::uint64_t>(contact.party_id), hash);
  }
  mix(profile.ext, hash);
  mix(profile.lineage, hash);
  for (const PublishedLink& link : links) {
    mix(static_cast<std::uint64_t>(link.party_id), hash);
    mix(static_cast<std::uint64_t>(link.joined_to), hash);
    mix(link.name, hash);
    mix(link.reason, hash);
    mix(link.match_keys, hash);
  }
  return static_cast<std::int64_t>(hash);
}

std::string ext_json(const std::vector<GoldenExtension>& extensions) {
  std::string out;
  for (const GoldenExtension& extension : extensions) {
    if (!extension.text.empty()) append_json_member(extension.name, extension.text, out);
  }
  return out.empty() ? out : out + '}';
}

}  // namespace

ProfileWriter::ProfileWriter(Database& database, Publication& publication, const HubConfig& config,
                             std::int64_t run_id)
    : database_(database),
      publication_(publication),
      config_(config),
      run_id_(run_id),
      next_profile_id_(largest_id(database, "profile") + 1),
      former_(database, publication) {
  for (StreamName& stream : stream_names(database)) {
    const std::int64_t id = stream.id;
    streams_.emplace(id, std::move(stream));
  }
  for (const SourceConfig& source : config.sources) trust_of_source_[source.name] = source.trust;
}

ProfileCounts ProfileWriter::write(const PartySet& set, const Clustering& clustering) {
  load_prior_profiles(set);
  former_.load(set);
  assign(set, clustering);
  remove_vanished(set);
  pins_ = PinnedProfiles(database_);
  remove_links(set);
  for (std::size_t begin = 0; begin < clustering.size();) {
    std::size_t end = begin, parties = 0;
    while (end < clustering.size() && parties < kPartiesPerChunk)
      parties += clustering[end++].size();
    write_chunk(set, clustering, begin, end);
    begin = end;
  }
  return counts_;
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

void ProfileWriter::write_chunk(const PartySet& set, const Clustering& clustering,
                                std::size_t begin, std::size_t end) {
  load_records(set, clustering, begin, end);
  reasons_.clear();
  reasons_.reserve(kPartiesPerChunk + kMaxProfileParties);
  struct Changed {
    PublishedProfile profile;
    std::vector<PublishedLink> links;
  };
  std::vector<Changed> changed;
  std::vector<std::int64_t> old_profiles, old_links;
  const std::int64_t now = now_micros();
  for (std::size_t c = begin; c < end; ++c) {
    const std::span<const std::uint32_t> members = clustering[c];
    const ProfileAssignment& assignment = assignments_[c];
    Changed next{merge(set, members, assignment.profile_id), {}};
    const auto prior = prior_by_uuid_.find(assignment.profile_id);
    const bool known = !assignment.profile_id.empty() && prior != prior_by_uuid_.end();
    next.profile.id = known ? prior->second : next_profile_id_;
    next.links = links(set, clustering, members, next.profile.id);
    next.profile.fingerprint = fingerprint_of(next.profile, next.links);
    if (known) {
      const ProfileRow& row = prior_.at(prior->second);
      if (row.fingerprint == next.profile.fingerprint) continue;
      next.profile.uuid = row.uuid;
      next.profile.created_run = row.created_run;
      old_profiles.push_back(row.id);
    } else {
      const bool comes_back = !assignment.profile_id.empty();
      next.profile.uuid = comes_back ? std::string(assignment.profile_id) : mint_.next(now);
      next.profile.created_run = run_id_;
      ++next_profile_id_;
    }
    for (const std::uint32_t member : members) {
      if (set.prior[member].profile_id != 0) old_links.push_back(set.prior[member].party_id);
    }
    count(assignment, known);
    changed.push_back(std::move(next));
  }
  publication_.remove_profiles(old_profiles);
  publication_.remove_links(old_links);
  for (const Changed& next : changed) {
    publication_.add(next.profile);
    for (const PublishedLink& link : next.links) publication_.add(link);
  }
  publication_.flush();
}

void ProfileWriter::load_records(const PartySet& set, const Clustering& clustering,
                                 std::size_t begin, std::size_t end) {
  std::vector<std::int64_t> ids;
  for (std::size_t c = begin; c < end; ++c) {
    for (const std::uint32_t member : clustering[c]) {
      ids.push_back(record_of(set.signatures[member].identity.id));
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  records_.clear();
  records_.reserve(ids.size());
  RecordReader reader = RecordReader::of(database_, ids);
  while (const auto stored = reader.next()) {
    records_.emplace(stored->id, LoadedRecord{mapped_record_from_json(stored->mapped),
                                              stored->stream_id, stored->updated_at});
  }
}

PublishedProfile ProfileWriter::merge(const PartySet& set, std::span<const std::uint32_t> members,
                                      std::string_view profile_uuid) {
  std::vector<ProfileMember> golden_members;
  golden_members.reserve(members.size());
  for (const std::uint32_t index : members) {
    const PartyIdentity& identity = set.signatures[index].identity;
    const LoadedRecord& record = records_.at(record_of(identity.id));
    ProfileMember member;
    member.party_id = identity.id;
    member.record = &record.mapped;
    member.party_index = index_in_record(record.mapped, identity.id);
    const auto trust = trust_of_source_.find(streams_.at(record.stream_id).source);
    // A source that is not in hub.yaml any more keeps its records, and trusts them least.
    member.trust = trust != trust_of_source_.end() ? trust->second : 0;
    member.key = identity.key;
    member.updated_at = record.updated_at;
    golden_members.push_back(std::move(member));
  }
  const GoldenProfile golden =
      survive(golden_members, config_.merge, pins_.of(profile_uuid, golden_members));
  PublishedProfile profile;
  profile.party = golden.party;
  profile.display_name = golden.display_name;
  profile.record_count = static_cast<std::int64_t>(members.size());
  for (const GoldenField& field : golden.fields)
    profile.fields.push_back({field.field, field.text});
  for (const GoldenContact& contact : golden.contacts) {
    profile.contacts.push_back({contact.entity, contact.fields, contact.origin.party_id});
  }
  profile.ext = ext_json(golden.extensions);
  profile.lineage = lineage_json(golden);
  return profile;
}

std::vector<PublishedLink> ProfileWriter::links(const PartySet& set, const Clustering& clustering,
                                                std::span<const std::uint32_t> members,
                                                std::int64_t profile_id) {
  std::vector<PublishedLink> out;
  out.reserve(members.size());
  for (const std::uint32_t index : members) {
    const Signature& signature = set.signatures[index];
    const MappedRecord& record = records_.at(record_of(signature.identity.id)).mapped;
    const MappedEntity& party = record.entities[index_in_record(record, signature.identity.id)];
    PublishedLink link;
    link.party_id = signature.identity.id;
    link.profile_id = profile_id;
    link.name = party.as;
    link.entity = entity(party.entity).name;
    const Join& join = clustering.joins[index];
    if (join.to != kNobody) {
      link.joined_to = set.signatures[join.to].identity.id;
      reasons_.push_back(describe(join.reason));
      link.reason = reasons_.back();
    }
    link.match_keys = keys_to_text(block_keys(signature));
    out.push_back(std::move(link));
  }
  return out;
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
