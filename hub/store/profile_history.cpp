#include "hub/store/profile_history.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "hub/base/error.hpp"
#include "hub/base/json_text.hpp"
#include "hub/model/entity.hpp"
#include "hub/store/affected_ids.hpp"
#include "hub/store/backend.hpp"
#include "hub/store/entity_columns.hpp"
#include "hub/store/record_reader.hpp"
#include "hub/store/schema.hpp"

namespace cdh {

namespace {

using ValuesById = std::unordered_map<std::int64_t, ProfileValues>;

// Profiles whose values are read by one set of statements.
constexpr std::size_t kProfilesPerRead = 5'000;
constexpr std::string_view kRecord = "record";

// Fields that persons and organizations have in common are one column.
void read_golden_values(Database& database, const EntitySpec& spec, ValuesById& found) {
  const auto rows =
      database.query("SELECT p.id, p.display_name, p.ext" + selected_fields(spec, "p") +
                     " FROM affected a CROSS JOIN profile p WHERE p.id = a.id AND "
                     "p.party_type = '" +
                     std::string(spec.name) + "'");
  while (rows->next()) {
    ProfileValues& values = found[rows->integer(0)];
    values.emplace_back("display_name", rows->text(1));
    if (!rows->is_null(2)) values.emplace_back("ext", rows->text(2));
    int column = 3;
    for (const FieldSpec& field : spec.fields) {
      if (!rows->is_null(column)) {
        values.emplace_back(field.name, field_text(*rows, column, field.kind));
      }
      ++column;
    }
  }
}

// "ann@example.com, type=work": the field that stands for the contact first, the others by name. What
// only repeats another in canonical form is left out.
std::string contact_text(const Cursor& row, const EntitySpec& spec) {
  std::string text, value;
  int column = 1;
  for (const FieldSpec& field : spec.fields) {
    const int at = column++;
    if (row.is_null(at)) continue;
    const std::string part = field_text(row, at, field.kind);
    if (field.name == spec.value_field) {
      value = part;
    } else if (field.derived_from != spec.value_field || part != value) {
      text += ", " + std::string(field.name) + "=" + part;
    }
  }
  return value.empty() && !text.empty() ? text.substr(2) : value + text;
}

void read_contacts(Database& database, const EntitySpec& spec, ValuesById& found) {
  const auto rows = database.query("SELECT c.profile_id" + selected_fields(spec, "c") +
                                   " FROM affected a CROSS JOIN " + std::string(spec.name) +
                                   " c WHERE c.profile_id = a.id");
  while (rows->next()) found[rows->integer(0)].emplace_back(spec.name, contact_text(*rows, spec));
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
    found[rows->integer(0)].emplace_back(kRecord, std::move(name));
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
  std::vector<std::string> list;
  try {
    list = nlohmann::json::parse(json).get<std::vector<std::string>>();
  } catch (const nlohmann::json::exception&) {
    throw Error(
        ErrorKind::store,
        "the table profile_version holds values of a profile that cannot be read; restore it "
        "from a backup, or go without what its run did to the profiles");
  }
  ProfileValues values;
  for (std::size_t i = 0; i + 1 < list.size(); i += 2) values.emplace_back(list[i], list[i + 1]);
  std::ranges::sort(values);  // its source may have another name since
  return values;
}

// How to_json() begins each record of a source. Nothing else looks so: within a text the quotation
// marks are escaped.
std::string start_of_records(const std::string& source) {
  std::string json;
  append_json_string(kRecord, json);
  json += ',';
  append_json_string(source + "/", json);
  json.pop_back();
  return json;
}

std::string quoted_name(ProfileFate fate) { return "'" + std::string(name_of(fate)) + "'"; }

// Of the profiles of `v`, the version of the first run after this one that changed them.
std::string next_version_of(const std::string& v, const std::string& run) {
  return "(SELECT MIN(m.run_id) FROM profile_version m WHERE m.uuid = " + v +
         ".uuid AND m.run_id > " + run + ")";
}

// Transitions on their way: those whose profile is now what the run left it are waiting for its values.
class Transitions {
 public:
  explicit Transitions(Database& database) : database_(database) {}

  ProfileTransition& add(std::string uuid, std::string other) {
    return found_.emplace_back(ProfileTransition{std::move(uuid), std::move(other), {}, {}});
  }
  // The one that was added last.
  void leave_for(std::int64_t profile_id) { waiting_.emplace_back(profile_id, found_.size() - 1); }

  std::vector<ProfileTransition> take(std::size_t most) {
    read_waiting();
    std::ranges::sort(found_, {}, &ProfileTransition::uuid);
    if (found_.size() > most) found_.resize(most);
    return std::move(found_);
  }

 private:
  void read_waiting() {
    for (std::size_t begin = 0; begin < waiting_.size(); begin += kProfilesPerRead) {
      const std::size_t end = std::min(waiting_.size(), begin + kProfilesPerRead);
      std::vector<std::int64_t> ids;
      for (std::size_t i = begin; i < end; ++i) ids.push_back(waiting_[i].first);
      ValuesById values = profile_values(database_, ids);
      for (std::size_t i = begin; i < end; ++i) {
        found_[waiting_[i].second].after = std::move(values[waiting_[i].first]);
      }
    }
  }

  Database& database_;
  std::vector<ProfileTransition> found_;
  std::vector<std::pair<std::int64_t, std::size_t>> waiting_;  // row id, place
};

// What ended in the run was nothing after it.
std::vector<ProfileTransition> ended(Database& database, const std::string& run, ProfileFate fate,
                                     const std::string& limit) {
  std::vector<ProfileTransition> found;
  const auto rows =
      database.query("SELECT uuid, other, content FROM profile_version WHERE run_id = " + run +
                     " AND fate = " + quoted_name(fate) + " ORDER BY uuid" + limit);
  while (rows->next()) {
    found.push_back(
        {std::string(rows->text(0)), std::string(rows->text(1)), from_json(rows->text(2)), {}});
  }
  return found;
}

// A profile was afterwards what the next run found that changed it, or what it is now.
std::vector<ProfileTransition> changed(Database& database, const std::string& run, std::size_t most,
                                       const std::string& limit) {
  Transitions transitions(database);
  {
    const auto rows = database.query(
        "SELECT v.uuid, v.content, n.content, p.id FROM profile_version v "
        "LEFT JOIN profile_version n ON n.uuid = v.uuid AND n.run_id = " +
        next_version_of("v", run) + " LEFT JOIN profile p ON p.uuid = v.uuid WHERE v.run_id = " +
        run + " AND v.fate = " + quoted_name(ProfileFate::changed) + " ORDER BY v.uuid" + limit);
    while (rows->next()) {
      ProfileTransition& next = transitions.add(std::string(rows->text(0)), "");
      next.before = from_json(rows->text(1));
      if (!rows->is_null(2)) {
        next.after = from_json(rows->text(2));
      } else if (!rows->is_null(3)) {
        transitions.leave_for(rows->integer(3));
      }
    }
  }
  return transitions.take(most);
}

// Created or split off. Those that a later run changed, merged or removed are told by what it found.
std::vector<ProfileTransition> begun(Database& database, const std::string& run, ProfileFate fate,
                                     std::size_t most, const std::string& limit) {
  const bool is_split_off = fate == ProfileFate::split_off;
  const std::string only = std::string(" AND s.uuid IS ") + (is_split_off ? "NOT NULL" : "NULL");
  const auto split_of = [&](const std::string& table) {
    return " LEFT JOIN profile_version s ON s.uuid = " + table + ".uuid AND s.run_id = " + run;
  };
  Transitions transitions(database);
  {
    const auto rows = database.query("SELECT v.uuid, s.other, v.content FROM profile_version v" +
                                     split_of("v") + " WHERE v.created_run = " + run +
                                     " AND v.run_id = " + next_version_of("v", run) + only +
                                     " ORDER BY v.uuid" + limit);
    while (rows->next()) {
      transitions.add(std::string(rows->text(0)), std::string(rows->text(1))).after =
          from_json(rows->text(2));
    }
  }
  {
    const auto rows = database.query(
        "SELECT p.uuid, s.other, p.id FROM profile p" + split_of("p") +
        " WHERE p.created_run = " + run +
        " AND NOT EXISTS (SELECT 1 FROM profile_version m WHERE m.uuid = p.uuid AND m.run_id > " +
        run + ")" + only + " ORDER BY p.uuid" + limit);
    while (rows->next()) {
      transitions.add(std::string(rows->text(0)), std::string(rows->text(1)));
      transitions.leave_for(rows->integer(2));
    }
  }
  return transitions.take(most);
}

}  // namespace

std::string_view name_of(ProfileFate fate) {
  constexpr std::array<std::string_view, 5> kNames = {"created", "split off", "changed", "merged",
                                                      "removed"};
  return kNames[static_cast<std::size_t>(fate)];
}

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
  const auto rows = database.bulk_insert(
      "profile_version", {"run_id", "uuid", "created_run", "fate", "other", "content"});
  for (const ProfileVersion& version : versions) {
    const std::string content = to_json(version.values);
    rows->add(run_id);
    rows->add(version.uuid);
    rows->add(version.created_run);
    rows->add(name_of(version.fate));
    rows->add_or_null(version.other);
    rows->add(content);
    rows->end_row();
  }
  rows->flush();
}

void rename_in_profile_versions(Database& database, const std::string& from,
                                const std::string& to) {
  const std::string old_start = start_of_records(from), new_start = start_of_records(to);
  as_store_error(database.backend(), "cannot rename the source in table profile_version", [&] {
    database.session() << "UPDATE profile_version SET content = REPLACE(content, :before, :after) "
                          "WHERE REPLACE(content, :found, '') <> content",
        soci::use(old_start, "before"), soci::use(new_start, "after"),
        soci::use(old_start, "found");
  });
}

std::vector<ProfileTransition> profile_transitions(Database& database, std::int64_t run_id,
                                                   ProfileFate fate, std::size_t most) {
  const std::string run = std::to_string(run_id), limit = " LIMIT " + std::to_string(most);
  switch (fate) {
    case ProfileFate::changed:
      return changed(database, run, most, limit);
    case ProfileFate::merged:
    case ProfileFate::removed:
      return ended(database, run, fate, limit);
    default:
      return begun(database, run, fate, most, limit);
  }
}

}  // namespace cdh
