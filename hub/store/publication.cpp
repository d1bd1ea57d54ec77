#include "hub/store/publication.hpp"

#include <algorithm>
#include <map>

#include "hub/base/json_text.hpp"
#include "hub/store/affected_ids.hpp"
#include "hub/store/backend.hpp"
#include "hub/store/entity_columns.hpp"
#include "hub/store/published_contacts.hpp"
#include "hub/store/record_reader.hpp"
#include "hub/store/schema.hpp"
#include "hub/store/value_indexes.hpp"

namespace cdh {

namespace {

// It has one ref: the customer.
const EntitySpec& consent_spec() {
  static const EntitySpec& spec = entity(find_entity("consent"));
  return spec;
}

std::string ext_json(const std::vector<std::pair<std::string, std::string>>& ext) {
  std::string out;
  for (const auto& [name, text] : ext) append_json_member(name, text, out);
  return out.empty() ? out : out + '}';
}

}  // namespace

std::span<const PublishedContact> contacts_of(const PublishedProfile& profile, EntityId entity) {
  const auto found =
      std::ranges::equal_range(profile.contacts, entity, {}, &PublishedContact::entity);
  return {found.begin(), found.end()};
}

Publication::Publication(Database& database, std::int64_t run_id)
    : database_(database),
      run_id_(run_id),
      profiles_(database.bulk_insert("profile", profile_columns())),
      links_(database.bulk_insert(
          "link", {"party_id", "profile_id", "name", "entity", "joined_to", "reason"})),
      unresolved_(database.bulk_insert(
          "unresolved_ref", {"event_id", "ref", "entity", "stream_id", "source_key", "name"})),
      former_parties_(database.bulk_insert("former_party", {"party", "profile_uuid"})),
      consents_(database.bulk_insert("effective_consent", {"profile_id", "purpose", "channel",
                                                           "permission", "consent_id", "rule"})),
      entities_(entities().size()) {}

Publication::~Publication() = default;

void Publication::remove_affected(std::string_view table, std::string_view column) {
  database_.execute("{delete " + std::string(table) + "} WHERE " + std::string(column) +
                    " IN (SELECT id FROM affected)");
}

void Publication::remove_by_id(std::string_view table, std::string_view column,
                               const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return;
  note_affected(database_, ids);
  remove_affected(table, column);
}

std::vector<EventRefs> Publication::events_that_refer_to(
    const std::vector<std::int64_t>& record_ids) {
  std::vector<EventRefs> events;
  if (record_ids.empty()) return events;
  note_affected(database_, record_ids);
  for (const EntitySpec& spec : entities()) {
    if (spec.role != EntityRole::event) continue;
    std::string columns = "e.id";
    for (const RefSpec& ref : spec.refs) columns += ", e." + std::string(ref.name) + "_id";
    for (const RefSpec& ref : spec.refs) {
      const std::string column = "e." + std::string(ref.name) + "_id";
      const auto rows =
          database_.query("SELECT " + columns + " FROM affected a JOIN " + std::string(spec.name) +
                          " e ON " + is_of_record_sql(column, "a.id"));
      while (rows->next()) {
        EventRefs& event = events.emplace_back(EventRefs{rows->integer(0), {}});
        for (std::size_t i = 1; i <= spec.refs.size(); ++i) {
          event.refs.push_back(rows->integer(static_cast<int>(i)));
        }
      }
    }
  }
  return events;
}

void Publication::remove_events_of_records(const std::vector<std::int64_t>& record_ids) {
  if (record_ids.empty()) return;
  note_affected(database_, record_ids);
  std::map<std::string, std::vector<std::int64_t>> events;  // by table
  for (const EntitySpec& spec : entities()) {
    if (spec.role != EntityRole::event) continue;
    const bool is_consent = &spec == &consent_spec();
    const std::string table(spec.name);
    if (database_.number("SELECT 1 FROM " + table + " LIMIT 1") == 0) continue;
    const auto rows = database_.query(
        std::string("SELECT e.id") + (is_consent ? ", e.customer_id" : "") +
        " FROM affected a JOIN " + table + " e ON " + is_of_record_sql("e.id", "a.id"));
    while (rows->next()) {
      events[table].push_back(rows->integer(0));
      if (is_consent) parties_of_consents_.push_back(rows->integer(1));
    }
  }
  std::vector<std::int64_t> unresolved;
  {
    const auto rows =
        database_.query("SELECT DISTINCT u.event_id FROM affected a JOIN unresolved_ref u ON " +
                        is_of_record_sql("u.event_id", "a.id"));
    while (rows->next()) unresolved.push_back(rows->integer(0));
  }
  for (const auto& [table, ids] : events) remove_by_id(table, "id", ids);
  remove_by_id("unresolved_ref", "event_id", unresolved);
}

std::vector<std::int64_t> Publication::profiles_of_changed_consents() {
  std::vector<std::int64_t> profiles;
  if (parties_of_consents_.empty()) return profiles;
  flush();
  std::sort(parties_of_consents_.begin(), parties_of_consents_.end());
  parties_of_consents_.erase(std::unique(parties_of_consents_.begin(), parties_of_consents_.end()),
                             parties_of_consents_.end());
  note_affected(database_, parties_of_consents_);
  const auto rows = database_.query(
      "SELECT DISTINCT l.profile_id FROM affected a JOIN link l ON l.party_id = a.id "
      "ORDER BY l.profile_id");
  while (rows->next()) profiles.push_back(rows->integer(0));
  return profiles;
}

void Publication::remove_effective_consents(const std::vector<std::int64_t>& profile_ids) {
  remove_by_id("effective_consent", "profile_id", profile_ids);
}

void Publication::remove_links(const std::vector<std::int64_t>& party_ids) {
  remove_by_id("link", "party_id", party_ids);
}

void Publication::remove_profiles(const std::vector<std::int64_t>& profile_ids) {
  if (profile_ids.empty()) return;
  note_affected(database_, profile_ids);
  note_affected_homes();
  for (const EntitySpec& spec : entities()) {
    if (spec.role == EntityRole::contact) remove_affected(spec.name, "profile_id");
  }
  remove_affected("effective_consent", "profile_id");
  remove_affected("profile", "id");
}

void Publication::note_affected_homes() {
  const auto rows = database_.query(
      "SELECT a.home FROM affected f CROSS JOIN postal_address a "
      "WHERE a.profile_id = f.id AND a.home IS NOT NULL");
  while (rows->next()) homes_.push_back(rows->integer(0));
}

void Publication::remove_all_events() { remove_all(EntityRole::event, {"unresolved_ref"}); }

void Publication::remove_all_profiles() {
  remove_all(EntityRole::contact, {"effective_consent", "profile", "link"});
}

void Publication::remove_all(EntityRole role, std::initializer_list<std::string_view> tables) {
  for (const EntitySpec& spec : entities()) {
    if (spec.role == role) database_.execute("DELETE FROM " + std::string(spec.name));
  }
  for (const std::string_view table : tables) {
    database_.execute("DELETE FROM " + std::string(table));
  }
}

void Publication::add(const PublishedProfile& profile) {
  add_row(*profiles_, profile);
  for (EntityId entity = 0; entity < entities().size(); ++entity) add_contacts(profile, entity);
}

void Publication::add_row(BulkInsert& row, const PublishedProfile& profile) {
  row.add(profile.id);
  row.add(std::string_view(profile.uuid));
  row.add(entity(profile.party).name);
  row.add(std::string_view(profile.display_name));
  row.add(profile.record_count);
  row.add(profile.created_run);
  row.add(profile.changed_run);
  row.add(profile.fingerprint);
  static const std::vector<MappedField> kNothing;
  for (const EntityId id : {known_entities().person, known_entities().organization}) {
    add_fields(row, id, id == profile.party ? profile.fields : kNothing);
  }
  row.add_or_null(profile.ext);
  row.add(std::string_view(profile.lineage));
  row.end_row();
}

// The UUID stays: its index, which is in no order, is left alone.
void Publication::replace_rows(std::span<const PublishedProfile* const> profiles) {
  const std::vector<std::string> columns = profile_columns();
  std::vector<std::string> staged_columns;
  std::string staged, changes;
  for (const std::string& column : columns) {
    const std::string& next = staged_columns.emplace_back("new_" + column);
    staged += (staged.empty() ? "" : ", ") + column + " AS " + next;
    if (column == "id" || column == "uuid") continue;
    changes += (changes.empty() ? "" : ", ") + column + " = " + next;
  }
  database_.execute("CREATE TEMPORARY TABLE IF NOT EXISTS changed_profile AS SELECT " + staged +
                    " FROM profile WHERE id IS NULL;"
                    "{empty} changed_profile");
  const auto rows = database_.bulk_insert("changed_profile", staged_columns);
  for (const PublishedProfile* profile : profiles) add_row(*rows, *profile);
  rows->flush();
  database_.execute("UPDATE profile {with changed_profile} SET " + changes +
                    " {from changed_profile} WHERE id = new_id");
}

void Publication::add_contacts(const PublishedProfile& profile, EntityId entity) {
  std::int64_t position = 0;
  for (const PublishedContact& contact : contacts_of(profile, entity)) {
    BulkInsert& row = rows(entity);
    row.add(profile.id);
    row.add(position++);
    add_fields(row, entity, contact.fields);
    row.add(contact.party_id);
    if (entity == known_entities().postal_address) {
      contact.home != 0 ? row.add(contact.home) : row.add_null();
    }
    if (contact.home != 0) homes_.push_back(contact.home);
    row.end_row();
  }
}

void Publication::replace(std::span<const PublishedProfile* const> profiles,
                          const PublishedContacts& former) {
  if (profiles.empty()) return;
  std::vector<std::int64_t> ids;
  for (const PublishedProfile* profile : profiles) ids.push_back(profile->id);
  note_affected(database_, ids);
  note_affected_homes();
  remove_affected("effective_consent", "profile_id");
  replace_rows(profiles);
  for (EntityId entity = 0; entity < entities().size(); ++entity) {
    if (cdh::entity(entity).role != EntityRole::contact) continue;
    std::vector<const PublishedProfile*> different;
    std::ranges::copy_if(
        profiles, std::back_inserter(different),
        [&](const PublishedProfile* profile) { return !former.are(entity, *profile); });
    ids.clear();
    for (const PublishedProfile* profile : different) ids.push_back(profile->id);
    remove_by_id(std::string(cdh::entity(entity).name), "profile_id", ids);
    for (const PublishedProfile* profile : different) add_contacts(*profile, entity);
  }
}

void Publication::add(const PublishedLink& link) {
  links_->add(link.party_id);
  links_->add(link.profile_id);
  links_->add(std::string_view(link.name));
  links_->add(link.entity);
  link.joined_to != 0 ? links_->add(link.joined_to) : links_->add_null();
  links_->add_or_null(link.reason);
  links_->end_row();
}

void Publication::add(const PublishedEvent& event) {
  if (&entity(event.entity->entity) == &consent_spec())
    parties_of_consents_.push_back(event.refs.front());
  BulkInsert& row = rows(event.entity->entity);
  row.add(event.id);
  for (const std::int64_t ref : event.refs) ref != 0 ? row.add(ref) : row.add_null();
  add_fields(row, event.entity->entity, event.entity->fields);
  event.updated_at ? row.add(*event.updated_at) : row.add_null();
  const std::string ext = ext_json(event.entity->ext);
  row.add_or_null(ext);
  row.end_row();
}

void Publication::add(const UnresolvedRef& ref) {
  unresolved_->add(ref.event_id);
  unresolved_->add(std::string_view(ref.ref));
  unresolved_->add(std::string_view(ref.entity));
  unresolved_->add(ref.stream_id);
  unresolved_->add(std::string_view(ref.source_key));
  unresolved_->add_or_null(ref.name);
  unresolved_->end_row();
}

void Publication::add(const PublishedConsent& consent) {
  consents_->add(consent.profile_id);
  consents_->add(std::string_view(consent.purpose));
  consents_->add(std::string_view(consent.channel));
  consents_->add(consent.permission);
  consents_->add(consent.consent_id);
  consents_->add(consent.rule);
  consents_->end_row();
}

void Publication::add_alias(const std::string& alias, const std::string& uuid) {
  as_store_error(database_.backend(), "cannot keep a profile's alias", [&] {
    long long run = run_id_;
    database_.session()
        << "UPDATE profile_alias SET profile_uuid = :uuid WHERE profile_uuid = :alias",
        soci::use(uuid, "uuid"), soci::use(alias, "alias");
    database_.session() << "DELETE FROM profile_alias WHERE alias = :alias", soci::use(alias);
    database_.session() << "INSERT INTO profile_alias (alias, profile_uuid, run_id) "
                           "VALUES (:alias, :uuid, :run)",
        soci::use(alias, "alias"), soci::use(uuid, "uuid"), soci::use(run, "run");
  });
}

void Publication::remove_alias(const std::string& alias) {
  as_store_error(database_.backend(), "cannot remove a profile's alias", [&] {
    database_.session() << "DELETE FROM profile_alias WHERE alias = :alias", soci::use(alias);
  });
}

void Publication::add(const FormerParty& party) {
  // It may have been away before, and come back under another name.
  as_store_error(database_.backend(), "cannot note a former party", [&] {
    database_.session() << "DELETE FROM former_party WHERE party = :party", soci::use(party.party);
  });
  former_parties_->add(std::string_view(party.party));
  former_parties_->add(std::string_view(party.profile_uuid));
  former_parties_->end_row();
}

void Publication::remove_former_parties(const std::string& profile_uuid) {
  as_store_error(database_.backend(), "cannot forget a former profile", [&] {
    database_.session() << "DELETE FROM former_party WHERE profile_uuid = :uuid",
        soci::use(profile_uuid);
  });
}

void Publication::resolve(const UnresolvedRef& ref, std::int64_t target) {
  if (ref.entity == consent_spec().name) parties_of_consents_.push_back(target);
  as_store_error(database_.backend(), "cannot resolve a reference", [&] {
    long long event = ref.event_id, to = target;
    database_.session() << "UPDATE " + ref.entity + " SET " + ref.ref +
                               "_id = :target WHERE id = :id",
        soci::use(to), soci::use(event);
    database_.session() << "DELETE FROM unresolved_ref WHERE event_id = :id AND ref = :ref",
        soci::use(event), soci::use(ref.ref);
  });
}

bool Publication::begin_bulk() { return drop_value_indexes(database_); }

void Publication::end_bulk() {
  flush();
  make_value_indexes(database_);
}

void Publication::flush() {
  profiles_->flush();
  links_->flush();
  unresolved_->flush();
  former_parties_->flush();
  consents_->flush();
  for (const auto& rows : entities_) {
    if (rows) rows->flush();
  }
}

std::vector<std::int64_t> Publication::changed_homes() {
  std::sort(homes_.begin(), homes_.end());
  homes_.erase(std::unique(homes_.begin(), homes_.end()), homes_.end());
  return homes_;
}

BulkInsert& Publication::rows(EntityId id) {
  auto& rows = entities_[id];
  if (!rows) rows = database_.bulk_insert(entity(id).name, entity_columns(id));
  return *rows;
}

std::vector<UnresolvedRef> unresolved_refs(Database& database) {
  std::vector<UnresolvedRef> refs;
  const auto rows = database.query(
      "SELECT event_id, ref, entity, stream_id, source_key, name FROM unresolved_ref ORDER BY "
      "event_id");
  while (rows->next()) {
    refs.push_back({rows->integer(0), std::string(rows->text(1)), std::string(rows->text(2)),
                    rows->integer(3), std::string(rows->text(4)), std::string(rows->text(5))});
  }
  return refs;
}

std::vector<std::int64_t> records_that_wait_for_no_stream(Database& database) {
  std::vector<std::int64_t> records;
  const auto rows = database.query("SELECT DISTINCT " + record_of_sql("event_id") +
                                   " FROM unresolved_ref "
                                   "WHERE stream_id NOT IN (SELECT id FROM stream)");
  while (rows->next()) records.push_back(rows->integer(0));
  return records;
}

}  // namespace cdh
