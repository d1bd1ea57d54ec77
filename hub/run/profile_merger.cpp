#include "hub/run/profile_merger.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "hub/base/hash.hpp"
#include "hub/base/json_text.hpp"
#include "hub/match/household.hpp"
#include "hub/merge/lineage.hpp"

namespace cdh {

namespace {

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
    if (contact.home != 0) mix(static_cast<std::uint64_t>(contact.home), hash);
  }
  mix(profile.ext, hash);
  mix(profile.lineage, hash);
  for (const PublishedLink& link : links) {
    mix(static_cast<std::uint64_t>(link.party_id), hash);
    mix(static_cast<std::uint64_t>(link.joined_to), hash);
    mix(link.name, hash);
    mix(link.reason, hash);
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

std::string_view text_of(const std::vector<MappedField>& fields, FieldId id) {
  const auto found = std::ranges::find(fields, id, &MappedField::field);
  return found == fields.end() ? std::string_view() : std::string_view(found->text);
}

std::string household_name_of(const PublishedProfile& person) {
  static const FieldId family = find_field(known_entities().person, "family_name"),
                       native = find_field(known_entities().person, "native_name");
  return household_name(text_of(person.fields, family), text_of(person.fields, native));
}

std::int64_t home_of(const PublishedContact& address, std::string_view household_name) {
  static const EntityId is = known_entities().postal_address;
  static const FieldId street = find_field(is, "street_address"),
                       second_line = find_field(is, "address_line2"),
                       town = find_field(is, "address_locality"), type = find_field(is, "type");
  // Colleagues of one name do not live together.
  if (text_of(address.fields, type) == "work") return 0;
  return home_key(household_name, text_of(address.fields, street),
                  text_of(address.fields, second_line), text_of(address.fields, town));
}

// What the addresses of a person say about who lives there, too.
void find_homes(PublishedProfile& profile) {
  if (profile.party != known_entities().person) return;
  std::string name;
  for (PublishedContact& contact : profile.contacts) {
    if (contact.entity != known_entities().postal_address) continue;
    if (name.empty()) name = household_name_of(profile);
    contact.home = home_of(contact, name);
  }
}

}  // namespace

PublishedLink link_of(const PartySet& set, const Clustering& clustering, std::uint32_t signature) {
  const Signature& party = set.signatures[signature];
  const KnownEntities& is = known_entities();
  PublishedLink link;
  link.party_id = party.identity.id;
  link.name = party.identity.key.substr(party.identity.key.rfind('/') + 1);
  link.entity = entity(party.kind == PartyKind::person ? is.person : is.organization).name;
  const Join& join = clustering.joins[signature];
  if (join.to != kNobody) {
    link.joined_to = set.signatures[join.to].identity.id;
    link.reason = describe(join.reason);
  }
  return link;
}

// Stored records beside what they say.
class ProfileMerger::RecordTable {
 public:
  explicit RecordTable(const std::vector<StoredRecord>& stored) : stored_(stored) {
    mapped_.reserve(stored.size());
    for (const StoredRecord& record : stored) {
      mapped_.push_back(mapped_record_from_json(record.mapped));
    }
  }

  struct Entry {
    const StoredRecord& stored;
    const MappedRecord& mapped;
  };
  // Of the record that holds the party.
  Entry of_party(std::int64_t party_id) const {
    const auto at = std::ranges::lower_bound(stored_, record_of(party_id), {}, &StoredRecord::id);
    return {*at, mapped_[static_cast<std::size_t>(at - stored_.begin())]};
  }

 private:
  const std::vector<StoredRecord>& stored_;
  std::vector<MappedRecord> mapped_;
};

ProfileMerger::ProfileMerger(Database& database, const HubConfig& config, const PartySet& set,
                             const Clustering& clustering,
                             const std::vector<ProfileAssignment>& assignments)
    : policy_(config.merge),
      set_(set),
      clustering_(clustering),
      assignments_(assignments),
      pins_(database) {
  for (const StreamName& stream : stream_names(database)) {
    const auto source = std::ranges::find(config.sources, stream.source, &SourceConfig::name);
    // A source that is not in hub.yaml any more keeps its records, and trusts them least.
    trust_of_stream_[stream.id] = source != config.sources.end() ? source->trust : 0;
  }
}

std::vector<MergedProfile> ProfileMerger::merge(std::span<const std::size_t> clusters,
                                                const std::vector<StoredRecord>& records) const {
  const RecordTable table(records);
  std::vector<MergedProfile> merged;
  merged.reserve(clusters.size());
  for (const std::size_t cluster : clusters) {
    MergedProfile& next = merged.emplace_back();
    next.cluster = cluster;
    next.profile = profile_of(cluster, table);
    std::vector<PublishedLink> links;
    for (const std::uint32_t member : clustering_[cluster]) {
      links.push_back(link_of(set_, clustering_, member));
    }
    next.profile.fingerprint = fingerprint_of(next.profile, links);
  }
  return merged;
}

PublishedProfile ProfileMerger::profile_of(std::size_t cluster, const RecordTable& records) const {
  const std::span<const std::uint32_t> members = clustering_[cluster];
  std::vector<ProfileMember> golden_members;
  golden_members.reserve(members.size());
  for (const std::uint32_t index : members) {
    const PartyIdentity& identity = set_.signatures[index].identity;
    const auto [stored, mapped] = records.of_party(identity.id);
    ProfileMember member;
    member.party_id = identity.id;
    member.record = &mapped;
    member.party_index = index_in_record(mapped, identity.id);
    member.trust = trust_of_stream_.at(stored.stream_id);
    member.key = identity.key;
    member.updated_at = stored.updated_at;
    golden_members.push_back(std::move(member));
  }
  GoldenProfile golden =
      survive(golden_members, policy_, pins_.of(assignments_[cluster].profile_id, golden_members));
  PublishedProfile profile;
  profile.party = golden.party;
  profile.record_count = static_cast<std::int64_t>(members.size());
  profile.ext = ext_json(golden.extensions);
  profile.lineage = lineage_json(golden);
  profile.display_name = std::move(golden.display_name);
  profile.fields.reserve(golden.fields.size());
  for (GoldenField& field : golden.fields) {
    profile.fields.push_back({field.field, std::move(field.text)});
  }
  profile.contacts.reserve(golden.contacts.size());
  for (GoldenContact& contact : golden.contacts) {
    profile.contacts.push_back(
        {contact.entity, std::move(contact.fields), contact.origin.party_id});
  }
  find_homes(profile);
  return profile;
}

}  // namespace cdh
