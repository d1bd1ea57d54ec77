#include "hub/store/published_contacts.hpp"

#include "hub/model/entity.hpp"
#include "hub/store/affected_ids.hpp"
#include "hub/store/entity_columns.hpp"

namespace cdh {

namespace {

// Each value with its length before it, so that no two rows look alike; an empty one is none.
void append_value(std::string_view value, std::string& row) {
  row.append(std::to_string(value.size())).append(":").append(value);
}

void append_row(const PublishedContact& contact, std::string& rows) {
  auto next = contact.fields.begin();
  for (std::size_t i = 0; i < entity(contact.entity).fields.size(); ++i) {
    const bool is_there = next != contact.fields.end() && next->field == i;
    append_value(is_there ? next++->text : "", rows);
  }
  append_value(std::to_string(contact.party_id), rows);
  append_value(std::to_string(contact.home), rows);
}

void append_row(const Cursor& row, const EntitySpec& spec, bool has_home, std::string& rows) {
  int column = 1;
  for (const FieldSpec& field : spec.fields) {
    append_value(row.is_null(column) ? "" : field_text(row, column, field.kind), rows);
    ++column;
  }
  append_value(row.text(column), rows);
  append_value(has_home && !row.is_null(column + 1) ? row.text(column + 1) : "0", rows);
}

}  // namespace

PublishedContacts::PublishedContacts(Database& database,
                                     const std::vector<std::int64_t>& profiles) {
  if (profiles.empty()) return;
  note_affected(database, profiles);
  rows_.resize(entities().size());
  for (EntityId id = 0; id < entities().size(); ++id) {
    const EntitySpec& spec = entity(id);
    if (spec.role != EntityRole::contact) continue;
    const bool has_home = id == known_entities().postal_address;
    const auto row = database.query("SELECT c.profile_id" + selected_fields(spec, "c") +
                                    ", c.party_id" + (has_home ? ", c.home" : "") +
                                    " FROM affected a CROSS JOIN " + std::string(spec.name) +
                                    " c WHERE c.profile_id = a.id "
                                    "ORDER BY c.profile_id, c.position");
    while (row->next()) append_row(*row, spec, has_home, rows_[id][row->integer(0)]);
  }
}

bool PublishedContacts::are(EntityId entity, const PublishedProfile& profile) const {
  std::string rows;
  for (const PublishedContact& contact : contacts_of(profile, entity)) append_row(contact, rows);
  if (rows_.empty()) return rows.empty();
  const auto published = rows_[entity].find(profile.id);
  return published == rows_[entity].end() ? rows.empty() : published->second == rows;
}

}  // namespace cdh
