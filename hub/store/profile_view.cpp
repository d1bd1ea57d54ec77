#include "hub/store/profile_view.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "hub/base/text.hpp"
#include "hub/store/record_reader.hpp"
#include "hub/store/schema.hpp"

namespace cdh {

namespace {

// The named fields of an entity from a row whose columns begin at `first`.
NamedValues read_fields(const Cursor& row, int first, EntityId id) {
  NamedValues values;
  int column = first;
  for (const FieldSpec& field : entity(id).fields) {
    if (!row.is_null(column)) {
      std::string text(row.text(column));
      if (is_decimal(field.kind)) text = amount_to_text(row.integer(column));
      if (field.kind == FieldKind::boolean) text = row.integer(column) != 0 ? "true" : "false";
      values.emplace_back(field.name, std::move(text));
    }
    ++column;
  }
  return values;
}

std::string field_list(EntityId id, const std::string& prefix = "") {
  std::string list;
  for (const FieldSpec& field : entity(id).fields) list += ", " + prefix + std::string(field.name);
  return list;
}

// Some profiles by their row ids, while the rest of them is read.
class Views {
 public:
  Views(Database& database, const std::vector<std::int64_t>& ids)
      : database_(database), ids_(id_list(ids)) {
    read_profiles();
    for (std::size_t i = 0; i < views_.size(); ++i) place_.emplace(views_[i].id, i);
    for (std::size_t id = 0; id < entities().size(); ++id) {
      if (entities()[id].role == EntityRole::contact) read_contacts(static_cast<EntityId>(id));
    }
    read_members();
    read_consents();
  }

  std::vector<ProfileView> take() { return std::move(views_); }

 private:
  // Null: its profile is not there.
  ProfileView* find(std::int64_t id) {
    const auto at = place_.find(id);
    return at == place_.end() ? nullptr : &views_[at->second];
  }

  void read_profiles() {
    const EntityId person = known_entities().person, organization = known_entities().organization;
    const auto rows = database_.query("SELECT id, uuid, party_type, display_name, ext, lineage" +
                                      field_list(person) + field_list(organization) +
                                      " FROM profile WHERE id IN (" + ids_ + ") ORDER BY id");
    while (rows->next()) {
      ProfileView& view = views_.emplace_back();
      view.id = rows->integer(0);
      view.uuid = rows->text(1);
      view.party_type = rows->text(2);
      view.display_name = rows->text(3);
      view.ext = rows->text(4);
      view.lineage = rows->text(5);
      const bool is_person = view.party_type == entity(person).name;
      const int first = is_person ? 6 : 6 + static_cast<int>(entity(person).fields.size());
      view.values = read_fields(*rows, first, is_person ? person : organization);
    }
  }

  void read_contacts(EntityId contact) {
    const std::string table(entity(contact).name);
    const auto rows =
        database_.query("SELECT profile_id, party_id" + field_list(contact) + " FROM " + table +
                        " WHERE profile_id IN (" + ids_ + ") ORDER BY profile_id, position");
    while (rows->next()) {
      if (ProfileView* view = find(rows->integer(0))) {
        view->contacts.push_back({table, read_fields(*rows, 2, contact), rows->integer(1)});
      }
    }
  }

  void read_members() {
    const auto rows = database_.query(
        "SELECT l.profile_id, l.party_id, s.name, m.name, r.source_key, l.name, l.entity, "
        "l.joined_to, l.reason, r.mapped, r.source_updated_at FROM link l CROSS JOIN source_record "
        "r CROSS JOIN stream m CROSS JOIN source s WHERE l.profile_id IN (" +
        ids_ + ") AND r.id = " + record_of_sql("l.party_id") +
        " AND m.id = r.stream_id AND s.id = m.source_id "
        "ORDER BY s.name, m.name, r.source_key, l.name");
    while (rows->next()) {
      ProfileView* view = find(rows->integer(0));
      if (view == nullptr) continue;
      ViewedMember& member = view->members.emplace_back();
      member.party_id = rows->integer(1);
      member.source = rows->text(2);
      member.stream = rows->text(3);
      member.source_key = rows->text(4);
      member.name = rows->text(5);
      member.entity = rows->text(6);
      member.joined_to = rows->is_null(7) ? 0 : rows->integer(7);
      member.reason = rows->text(8);
      member.mapped = rows->text(9);
      if (!rows->is_null(10)) member.updated_at = rows->integer(10);
    }
  }

  void read_consents() {
    const auto rows = database_.query(
        "SELECT e.profile_id, e.purpose, e.channel, e.permission, e.rule, s.name, r.source_key "
        "FROM effective_consent e CROSS JOIN source_record r CROSS JOIN stream m CROSS JOIN source "
        "s WHERE e.profile_id IN (" +
        ids_ + ") AND r.id = " + record_of_sql("e.consent_id") +
        " AND m.id = r.stream_id AND s.id = m.source_id "
        "ORDER BY e.profile_id, e.purpose, e.channel");
    const auto text = [&](int column) { return std::string(rows->text(column)); };
    while (rows->next()) {
      ProfileView* view = find(rows->integer(0));
      if (view == nullptr) continue;
      view->consents.push_back({text(1), text(2), text(3), text(4), text(5), text(6)});
    }
  }

  Database& database_;
  std::string ids_;
  std::vector<ProfileView> views_;
  std::unordered_map<std::int64_t, std::size_t> place_;
};

// Of an event that ties two parties: that both are there, and so it is among the relations.
std::string is_relation_sql(const EntitySpec& spec) {
  if (spec.name != "affiliation" && spec.name != "relationship") return {};
  std::string condition;
  for (const RefSpec& ref : spec.refs) {
    condition += (condition.empty() ? "" : " AND ") + std::string(ref.name) + "_id IS NOT NULL";
  }
  return condition;
}

// Events that name one of the profile's parties, and the lines and payments that name one of those.
void read_events(Database& database, std::size_t most, ProfileView& view) {
  std::vector<std::int64_t> known;
  for (const ViewedMember& member : view.members) known.push_back(member.party_id);
  for (std::size_t id = 0; id < entities().size(); ++id) {
    const EntitySpec& spec = entities()[id];
    if (spec.role != EntityRole::event || spec.refs.empty() || known.empty()) continue;
    std::string condition;
    for (const RefSpec& ref : spec.refs) {
      condition += (condition.empty() ? "" : " OR ") + std::string(ref.name) + "_id IN (" +
                   id_list(known) + ")";
    }
    if (const std::string relation = is_relation_sql(spec); !relation.empty()) {
      condition = "(" + condition + ") AND NOT (" + relation + ")";
    }
    const auto event = static_cast<EntityId>(id);
    const auto rows = database.query("SELECT e.id, s.name" + field_list(event, "e.") +
                                     " FROM (SELECT * FROM " + std::string(spec.name) + " WHERE " +
                                     condition + " ORDER BY id LIMIT " + std::to_string(most) +
                                     ") e JOIN source_record r ON r.id = " + record_of_sql("e.id") +
                                     " JOIN stream m ON m.id = r.stream_id "
                                     "JOIN source s ON s.id = m.source_id ORDER BY e.id");
    std::vector<std::int64_t> found;
    while (rows->next()) {
      found.push_back(rows->integer(0));
      view.events.push_back(
          {std::string(spec.name), std::string(rows->text(1)), read_fields(*rows, 2, event)});
    }
    known.insert(known.end(), found.begin(), found.end());
  }
}

}  // namespace

std::string decision_name(const ViewedMember& member) {
  return member.source + "/" + member.stream + "/" + member.source_key + "/" + member.name;
}

bool is_named(const ViewedMember& member, std::string_view words) {
  const std::string record = member.source + "/" + member.stream + "/" + member.source_key;
  return words == member.source + ":" + member.source_key || words == record ||
         words == record + "/" + member.name;
}

std::optional<std::string> resolve_profile(Database& database, const std::string& id) {
  constexpr std::size_t kShortest = 8;
  if (id.size() < kShortest) return std::nullopt;
  {
    const auto row =
        database.query_text("SELECT profile_uuid FROM profile_alias WHERE alias = ?", {id});
    if (row->next()) return std::string(row->text(0));
  }
  const auto rows = database.query_text(
      "SELECT uuid FROM profile WHERE uuid >= ? AND uuid < ? LIMIT 2", {id, id + "~"});
  if (!rows->next()) return std::nullopt;
  std::string uuid(rows->text(0));
  return rows->next() ? std::nullopt : std::optional(std::move(uuid));
}

std::vector<ProfileView> view_profiles(Database& database, const std::vector<std::int64_t>& ids) {
  return ids.empty() ? std::vector<ProfileView>() : Views(database, ids).take();
}

std::optional<ProfileView> view_profile(Database& database, const std::string& uuid,
                                        std::size_t most_events) {
  std::int64_t id = 0;
  {
    const auto row = database.query_text("SELECT id FROM profile WHERE uuid = ?", {uuid});
    if (!row->next()) return std::nullopt;
    id = row->integer(0);
  }
  std::vector<ProfileView> found = view_profiles(database, {id});
  if (found.empty()) return std::nullopt;
  ProfileView& view = found.front();
  view.relations = std::move(relations_of(database, {id}, most_events)[id]);
  if (most_events > 0) read_events(database, most_events, view);
  return std::move(view);
}

}  // namespace cdh
