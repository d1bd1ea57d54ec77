// Writing what is derived: links, profiles, contacts, events. All of it in one transaction of the
// caller's, so that nobody ever sees half of a night.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/model/mapped_record.hpp"
#include "hub/store/database.hpp"
#include "hub/store/membership.hpp"

namespace cdh {

struct PublishedContact {
  EntityId entity = kNoEntity;
  std::vector<MappedField> fields;
  std::int64_t party_id = 0;
  std::int64_t home = 0;  // of a person's address: what those who live there share; 0 = none
};

struct PublishedProfile {
  std::int64_t id = 0;
  std::string uuid;
  EntityId party = kNoEntity;
  std::string display_name;
  std::int64_t record_count = 0;
  std::int64_t created_run = 0;
  std::int64_t changed_run = 0;
  std::int64_t fingerprint = 0;
  std::vector<MappedField> fields;         // ascending by field
  std::vector<PublishedContact> contacts;  // by entity, the best first
  std::string ext;                         // JSON object, or empty
  std::string lineage;                     // JSON
};

struct PublishedLink {
  std::int64_t party_id = 0;
  std::int64_t profile_id = 0;
  std::string name;            // `as`
  std::string_view entity;     // "person"
  std::int64_t joined_to = 0;  // a party of the profile; 0 = the first
  std::string reason;          // in words, or empty
};

struct PublishedEvent {
  std::int64_t id = 0;
  const MappedEntity* entity = nullptr;
  std::vector<std::int64_t> refs;  // by RefSpec; 0 = none, or not arrived
  std::optional<std::int64_t> updated_at;
};

// The consent that counts for one purpose and channel of a profile.
struct PublishedConsent {
  std::int64_t profile_id = 0;
  std::string purpose, channel;
  std::string_view permission;  // "granted"
  std::int64_t consent_id = 0;
  std::string_view rule;
};

// Where a published event leads: by RefSpec; 0 = nowhere.
struct EventRefs {
  std::int64_t event_id = 0;
  std::vector<std::int64_t> refs;
};

// A ref to a record that has not been delivered yet.
struct UnresolvedRef {
  std::int64_t event_id = 0;
  std::string ref;
  std::string entity;  // the event's
  std::int64_t stream_id = 0;
  std::string source_key;
  std::string name;  // which entity of the record is meant; empty: the first that fits
};

// The profile's contacts of one entity.
std::span<const PublishedContact> contacts_of(const PublishedProfile& profile, EntityId entity);

class PublishedContacts;

class Publication {
 public:
  Publication(Database& database, std::int64_t run_id);
  ~Publication();

  // First: takes away what is about to be written anew.
  void remove_events_of_records(const std::vector<std::int64_t>& record_ids);
  // The events with a ref to anything of these records; each once for each such ref.
  std::vector<EventRefs> events_that_refer_to(const std::vector<std::int64_t>& record_ids);
  // After events were written: the profiles of parties whose consents were removed, added or tied to
  // them, as linked now. Ascending.
  std::vector<std::int64_t> profiles_of_changed_consents();
  void remove_effective_consents(const std::vector<std::int64_t>& profile_ids);
  void remove_links(const std::vector<std::int64_t>& party_ids);
  // With contacts and effective consents. A profile and its links stay or go together: give the
  // links of what goes on anew.
  void remove_profiles(const std::vector<std::int64_t>& profile_ids);
  // Instead of removing and adding these, which are published: their rows, without effective consents,
  // and their contacts where these are not as published already. `former` knows all of them.
  void replace(std::span<const PublishedProfile* const> profiles, const PublishedContacts& former);
  // Whatever is in these tables, also what no run has written there.
  void remove_all_events();
  void remove_all_profiles();  // with contacts, effective consents and links

  // When all profiles are about to be written: from here to end_bulk() there are no indexes by values
  // that come in no order, of contacts and of the links' profiles; it makes them of all at once.
  // Several times as fast for millions, and in the way of readers on PostgreSQL until the transaction
  // ends. False, and all goes on as ever, end_bulk() left out: on a database that cannot do so in a
  // transaction, while somebody reads these tables for long, and where an index is not as the schema
  // made it.
  bool begin_bulk();
  void end_bulk();

  // Then: writes.
  void add(const PublishedProfile& profile);
  void add(const PublishedLink& link);
  void add(const PublishedEvent& event);
  void add(const UnresolvedRef& ref);
  void add(const PublishedConsent& consent);
  // `alias` and whatever led to it now lead to `uuid`.
  void add_alias(const std::string& alias, const std::string& uuid);
  // A profile goes on under this id again.
  void remove_alias(const std::string& alias);
  void add(const FormerParty& party);
  // The profile is there again, or leads to another.
  void remove_former_parties(const std::string& profile_uuid);
  // A ref that waited has arrived.
  void resolve(const UnresolvedRef& ref, std::int64_t target);

  void flush();

  // The homes of the profiles that were added, or removed but by remove_all_profiles. Ascending.
  std::vector<std::int64_t> changed_homes();

 private:
  BulkInsert& rows(EntityId entity);
  void add_row(BulkInsert& row, const PublishedProfile& profile);
  void replace_rows(std::span<const PublishedProfile* const> profiles);
  void add_contacts(const PublishedProfile& profile, EntityId entity);
  void note_affected_homes();  // of the profiles that are noted as affected
  void remove_affected(std::string_view table, std::string_view column);
  void remove_by_id(std::string_view table, std::string_view column,
                    const std::vector<std::int64_t>& ids);
  // Of each entity of this role, and these.
  void remove_all(EntityRole role, std::initializer_list<std::string_view> tables);

  Database& database_;
  std::int64_t run_id_;
  std::unique_ptr<BulkInsert> profiles_, links_, unresolved_, former_parties_, consents_;
  std::vector<std::unique_ptr<BulkInsert>> entities_;  // by EntityId, made on first use
  std::vector<std::int64_t> parties_of_consents_;      // of those removed, added or resolved
  std::vector<std::int64_t> homes_;                    // of profiles removed or added
};

// The refs that wait for any of these streams' records.
std::vector<UnresolvedRef> unresolved_refs(Database& database);
// Records with a reference to a stream that was not there under its name, or is not any more. What
// the reference means is in the record.
std::vector<std::int64_t> records_that_wait_for_no_stream(Database& database);

}  // namespace cdh
