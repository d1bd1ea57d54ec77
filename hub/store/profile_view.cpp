#include "hub/store/profile_view.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "hub/base/text.hpp"
#include "hub/store/record_reader.hpp"
#include "hub/store/schema.hpp"

namespace cdh {

namespace {

const std::string kSummary =
    "SELECT p.uuid, p.party_type, p.display_name, "
    "(SELECT e.value FROM email e WHERE e.profile_id = p.id AND e.position = 0), "
    "(SELECT t.value FROM phone t WHERE t.profile_id = p.id AND t.position = 0), "
    "(SELECT a.address_locality FROM postal_address a WHERE a.profile_id = p.id AND a.position = "
    "0), "
    "p.record_count FROM profile p ";

void collect(Database& database, const std::string& condition,
             const std::vector<std::string>& parameters, std::size_t most,
             std::vector<ProfileSummary>& out) {
  if (out.size() >= most) return;
  const auto rows =
      database.query_text(kSummary + condition + " ORDER BY p.display_name, p.uuid LIMIT " +
                              std::to_string(most + out.size()),
                          parameters);
  while (rows->next() && out.size() < most) {
    const std::string uuid(rows->text(0));
    const bool known = std::any_of(out.begin(), out.end(), [&](const ProfileSummary& earlier) {
      return earlier.uuid == uuid;
    });
    if (known) continue;
    out.push_back({uuid, std::string(rows->text(1)), std::string(rows->text(2)),
                   std::string(rows->text(3)), std::string(rows->text(4)),
                   std::string(rows->text(5)), rows->integer(6)});
  }
}

std::string by_contact(const std::string& table, const std::string& condition) {
  return "WHERE p.id IN (SELECT profile_id FROM " + table + " WHERE " + condition + ")";
}

// What a text may mean of a record: "KEY", "SOURCE:KEY" or "SOURCE/STREAM/KEY". Names not given are
// empty.
struct RecordName {
  std::string source, stream, key;
};

std::vector<RecordName> records_named(const std::string& text) {
  std::vector<RecordName> out = {{"", "", text}};
  const std::size_t colon = text.find(':');
  if (colon != text.npos) out.push_back({text.substr(0, colon), "", text.substr(colon + 1)});
  const std::size_t first = text.find('/');
  const std::size_t second = first == text.npos ? first : text.find('/', first + 1);
  if (second != text.npos) {
    out.push_back({text.substr(0, first), text.substr(first + 1, second - first - 1),
                   text.substr(second + 1)});
  }
  return out;
}

// A key is looked for as given and in either case: a look in the index each.
std::string by_record(const RecordName& record) {
  std::string condition = "r.source_key IN (?, ?, ?)";
  if (!record.source.empty()) condition += " AND s.name = ?";
  if (!record.stream.empty()) condition += " AND m.name = ?";
  // From the streams, which are few, to the records of the key: in this order.
  return "WHERE p.id IN (SELECT l.profile_id FROM source s CROSS JOIN stream m "
         "CROSS JOIN source_record r CROSS JOIN link l WHERE m.source_id = s.id AND "
         "r.stream_id = m.id AND " +
         is_of_record_sql("l.party_id", "r.id") + " AND " + condition + ")";
}

std::vector<std::string> parameters_of(const RecordName& record) {
  std::string upper = record.key;
  for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  std::vector<std::string> out = {record.key, ascii_lower(record.key), std::move(upper)};
  if (!record.source.empty()) out.push_back(record.source);
  if (!record.stream.empty()) out.push_back(record.stream);
  return out;
}

// Row ids of profiles, from one look at all of them: SQL cannot fold letters, and an index would
// cost every night. A million takes about half a second.
struct Scanned {
  std::vector<std::int64_t> numbered;  // the text is their tax or registration number
  std::vector<std::int64_t> named;     // the first by name of those whose name fits
};

Scanned scan_profiles(Database& database, const std::string& text,
                      const std::function<bool(std::string_view)>& fits, std::size_t most) {
  using Named = std::pair<std::string, std::int64_t>;
  Scanned scanned;
  std::vector<Named> first;  // a heap, the last by name on top
  const Transaction reading(database, Transaction::Access::read);  // so that rows are streamed
  const auto rows =
      database.query("SELECT id, display_name, native_name, tax_id, registration_id FROM profile");
  while (rows->next()) {
    if (rows->text(3) == text || rows->text(4) == text) {
      scanned.numbered.push_back(rows->integer(0));
    } else if (fits(rows->text(1)) || fits(rows->text(2))) {
      first.emplace_back(rows->text(1), rows->integer(0));
      std::push_heap(first.begin(), first.end());
      if (first.size() <= most) continue;
      std::pop_heap(first.begin(), first.end());
      first.pop_back();
    }
  }
  for (const Named& named : first) scanned.named.push_back(named.second);
  return scanned;
}

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

std::vector<ProfileSummary> find_profiles(Database& database, const std::string& text,
                                          const std::string& email, const std::string& e164,
                                          const std::function<bool(std::string_view)>& fits,
                                          std::size_t most) {
  std::vector<ProfileSummary> out;
  if (text.empty()) return out;
  if (const auto uuid = resolve_profile(database, text)) {
    collect(database, "WHERE p.uuid = ?", {*uuid}, most, out);
  }
  if (!email.empty()) collect(database, by_contact("email", "canonical = ?"), {email}, most, out);
  if (!e164.empty()) collect(database, by_contact("phone", "e164 = ?"), {e164}, most, out);
  // As it is shown: what is no address or number, or nobody's own, has no canonical form.
  if (text.find('@') != std::string::npos) {
    collect(database, by_contact("email", "value = ?"), {text}, most, out);
  }
  if (text.find_first_of("0123456789") != std::string::npos) {
    collect(database, by_contact("phone", "value = ?"), {text}, most, out);
  }
  collect(database, by_contact("external_identifier", "id_value = ?"), {text}, most, out);
  for (const RecordName& record : records_named(text)) {
    collect(database, by_record(record), parameters_of(record), most, out);
  }
  if (out.size() >= most) return out;
  // Some of the best may be found already, by what else they are called.
  const Scanned scanned = scan_profiles(database, text, fits, most + out.size());
  for (const auto* ids : {&scanned.numbered, &scanned.named}) {
    if (!ids->empty()) collect(database, "WHERE p.id IN (" + id_list(*ids) + ")", {}, most, out);
  }
  return out;
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
