#include "hub/store/profile_history.hpp"

#include <algorithm>
#include <string_view>

#include <nlohmann/json.hpp>

#include "hub/base/json_text.hpp"
#include "hub/model/entity.hpp"
#include "hub/store/affected_ids.hpp"
#include "hub/store/record_reader.hpp"
#include "hub/store/schema.hpp"

namespace cdh {

namespace {

using ValuesById = std::unordered_map<std::int64_t, ProfileValues>;

std::string text_of(const Cursor& row, int column, FieldKind kind) {
  return is_decimal(kind) ? amount_to_text(row.integer(column)) : std::string(row.text(column));
}

std::string columns_of(const EntitySpec& spec, const std::string& table) {
  std::string columns;
  for (const FieldSpec& field : spec.fields) {
    columns += ", " + table + "." + std::string(field.name);
  }
  return columns;
}

// Fields that persons and organizations have in common are one column.
void read_golden_values(Database& database, const EntitySpec& spec, ValuesById& found) {
  const auto rows = database.query("SELECT p.id, p.display_name" + columns_of(spec, "p") +
                                   " FROM affected a CROSS JOIN profile p WHERE p.id = a.id AND "
                                   "p.party_type = '" +
                                   std::string(spec.name) + "'");
  while (rows->next()) {
    ProfileValues& values = found[rows->integer(0)];
    values.emplace_back("display_name", rows->text(1));
    int column = 2;
    for (const FieldSpec& field : spec.fields) {
      if (!rows->is_null(column)) {
        values.emplace_back(field.name, text_of(*rows, column, field.kind));
      }
      ++column;
    }
  }
}

// A contact is one value: what its fields say.
void read_contacts(Database& database, const EntitySpec& spec, ValuesById& found) {
  const auto rows = database.query("SELECT c.profile_id" + columns_of(spec, "c") +
                                   " FROM affected a CROSS JOIN " + std::string(spec.name) +
                                   " c WHERE c.profile_id = a.id");
  while (rows->next()) {
    std::string text;
    for (int column = 1; column <= std::ssize(spec.fields); ++column) {
      const std::string_view part = rows->is_null(column) ? "" : rows->text(column);
      const bool is_said = part.empty() || text.find(part) != text.npos;
      if (!is_said) text += (text.empty() ? "" : ", ") + std::string(part);
    }
    found[rows->integer(0)].emplace_back(spec.name, std::move(text));
  }
}

void read_records(Database& database, ValuesById& found) {
  const auto rows = database.query(
      "SELECT l.profile_id, s.name, m.name, r.source_key, l.name FROM affected a CROSS JOIN link l "
      "CROSS JOIN source_record r CROSS JOIN stream m CROSS JOIN source s "
      "WHERE l.profile_id = a.id AND r.id = " +
      record_of_sql("l.party_id") + " AND m.id = r.stream_id AND s.id = m.source_id");
  while (rows->next()) {
    std::string name(rows->text(1));
    for (const int column : {2, 3, 4}) name += "/" + std::string(rows->text(column));
    found[rows->integer(0)].emplace_back("record", std::move(name));
  }
}

std::string to_json(const ProfileValues& values) {
  std::string json = "[";
  for (const auto& [name, text] : values) {
    if (json.size() > 1) json += ',';
    append_json_string(name, json);
    json += ',';
    append_json_string(text, json);
  }
  return json + ']';
}

ProfileValues from_json(std::string_view json) {
  const auto list = nlohmann::json::parse(json).get<std::vector<std::string>>();
  ProfileValues values;
  for (std::size_t i = 0; i + 1 < list.size(); i += 2) values.emplace_back(list[i], list[i + 1]);
  return values;
}

}  // namespace

ValuesById profile_values(Database& database, const std::vector<std::int64_t>& ids) {
  ValuesById found;
  if (ids.empty()) return found;
  note_affected(database, ids);
  for (const EntitySpec& spec : entities()) {
    if (spec.role == EntityRole::party) read_golden_values(database, spec, found);
    if (spec.role == EntityRole::contact) read_contacts(database, spec, found);
  }
  read_records(database, found);
  for (auto& [id, values] : found) std::ranges::sort(values);
  return found;
}

void add_profile_versions(Database& database, std::int64_t run_id,
                          std::span<const ProfileVersion> versions) {
  const auto rows = database.bulk_insert("profile_version", {"run_id", "uuid", "content"});
  for (const ProfileVersion& version : versions) {
    const std::string content = to_json(version.values);
    rows->add(run_id);
    rows->add(version.uuid);
    rows->add(content);
    rows->end_row();
  }
  rows->flush();
}

std::vector<ProfileVersion> profile_versions(Database& database, std::int64_t run_id,
                                             std::size_t most) {
  std::vector<ProfileVersion> versions;
  const auto rows = database.query(
      "SELECT uuid, content FROM profile_version WHERE run_id = ? ORDER BY uuid LIMIT " +
          std::to_string(most),
      {run_id});
  while (rows->next()) versions.push_back({std::string(rows->text(0)), from_json(rows->text(1))});
  return versions;
}

std::optional<ProfileValues> profile_after(Database& database, const std::string& uuid,
                                           std::int64_t run_id) {
  {
    const auto next =
        database.query_text("SELECT content FROM profile_version WHERE run_id > " +
                                std::to_string(run_id) + " AND uuid = ? ORDER BY run_id LIMIT 1",
                            {uuid});
    if (next->next()) return from_json(next->text(0));
  }
  std::int64_t id = 0;
  {
    const auto row = database.query_text("SELECT id FROM profile WHERE uuid = ?", {uuid});
    if (!row->next()) return std::nullopt;
    id = row->integer(0);
  }
  return profile_values(database, {id})[id];
}

}  // namespace cdh
