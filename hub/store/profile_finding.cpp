#include "hub/store/profile_finding.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>

#include "hub/base/text.hpp"
#include "hub/model/mapped_record.hpp"
#include "hub/store/profile_view.hpp"
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
    out.push_back({uuid,
                   std::string(rows->text(1)),
                   std::string(rows->text(2)),
                   std::string(rows->text(3)),
                   std::string(rows->text(4)),
                   std::string(rows->text(5)),
                   rows->integer(6),
                   {}});
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

void collect_of_record(Database& database, const std::string& text, std::size_t most,
                       std::vector<ProfileSummary>& out) {
  for (const RecordName& record : records_named(text)) {
    collect(database, by_record(record), parameters_of(record), most, out);
  }
}

// Row ids of profiles, from one look at all of them: SQL cannot fold letters, and an index would
// cost every night. A million takes about half a second.
struct Scanned {
  std::vector<std::int64_t> numbered;          // the text is their tax or registration number
  std::vector<std::int64_t> named;             // the first by name of those whose name fits
  std::unordered_set<std::int64_t> all_named;  // all of them
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
      scanned.all_named.insert(rows->integer(0));
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

bool is_name(FieldKind kind) {
  return kind == FieldKind::person_name || kind == FieldKind::full_name ||
         kind == FieldKind::org_name;
}

// All names that a record has for its party, as one text. A parent company's is another's.
std::string names_of(const MappedEntity& party) {
  const FieldId given = find_field(party.entity, "given_name");
  const FieldId family = find_field(party.entity, "family_name");
  std::vector<std::string> names;
  const bool is_chinese = begins_with_han(party.get(given)) && begins_with_han(party.get(family));
  if (is_chinese) names.push_back(std::string(party.get(family)).append(party.get(given)));
  for (const MappedField& field : party.fields) {
    const FieldSpec& spec = entity(party.entity).fields[field.field];
    if (!is_name(spec.kind) || spec.name == "parent_organization") continue;
    if (is_chinese && (field.field == given || field.field == family)) continue;
    if (std::ranges::find(names, field.text) == names.end()) names.push_back(field.text);
  }
  return join(names, " ");
}

// The record of a profile by which it was found.
struct FittingRecord {
  std::string names;
  std::int64_t party_id = 0;
  friend auto operator<=>(const FittingRecord&, const FittingRecord&) = default;
};
// By profile, the first by name of its records.
using FittingRecords = std::map<std::int64_t, FittingRecord>;

// Of profiles that `named` does not hold. What joined a profile keeps the name that it lost there: this
// is how it is found again. A million records take about two seconds.
FittingRecords scan_records(Database& database, const std::function<bool(std::string_view)>& fits,
                            const std::unordered_set<std::int64_t>& named) {
  FittingRecords found;
  const Transaction reading(database, Transaction::Access::read);  // so that rows are streamed
  const auto rows = database.query(
      "SELECT l.profile_id, l.party_id, l.name, r.mapped FROM link l CROSS JOIN source_record r "
      "WHERE r.id = " +
      record_of_sql("l.party_id"));
  while (rows->next()) {
    const std::int64_t profile = rows->integer(0);
    if (named.contains(profile)) continue;
    const MappedRecord record = mapped_record_from_json(rows->text(3));
    const auto party = std::ranges::find(record.entities, rows->text(2), &MappedEntity::as);
    if (party == record.entities.end()) continue;
    FittingRecord fitting{names_of(*party), rows->integer(1)};
    if (!fits(fitting.names)) continue;
    const auto [at, is_first] = found.try_emplace(profile, fitting);
    if (!is_first && fitting < at->second) at->second = std::move(fitting);
  }
  return found;
}

// "SOURCE:KEY" of the record that a party is in.
std::string record_of_party(Database& database, std::int64_t party_id) {
  const auto row = database.query(
      "SELECT s.name, r.source_key FROM source_record r CROSS JOIN stream m CROSS JOIN source s "
      "WHERE r.id = " +
      record_of_sql(std::to_string(party_id)) + " AND m.id = r.stream_id AND s.id = m.source_id");
  return row->next() ? std::string(row->text(0)) + ":" + std::string(row->text(1)) : "";
}

// The first by the records' names.
void collect(Database& database, const FittingRecords& found, std::size_t most,
             std::vector<ProfileSummary>& out) {
  std::vector<std::pair<FittingRecord, std::int64_t>> first;
  for (const auto& [profile, record] : found) first.emplace_back(record, profile);
  std::ranges::sort(first);
  for (const auto& [record, profile] : first) {
    const std::size_t before = out.size();
    collect(database, "WHERE p.id IN (" + std::to_string(profile) + ")", {}, most, out);
    if (out.size() == before) continue;
    out.back().found_as = record.names + " (" + record_of_party(database, record.party_id) + ")";
  }
}

}  // namespace

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
  collect_of_record(database, text, most, out);
  if (out.size() >= most) return out;
  // Some of the best may be found already, by what else they are called.
  const Scanned scanned = scan_profiles(database, text, fits, most + out.size());
  for (const auto* ids : {&scanned.numbered, &scanned.named}) {
    if (!ids->empty()) collect(database, "WHERE p.id IN (" + id_list(*ids) + ")", {}, most, out);
  }
  if (out.size() < most)
    collect(database, scan_records(database, fits, scanned.all_named), most, out);
  return out;
}

std::vector<ProfileSummary> find_by_record(Database& database, const std::string& record,
                                           std::size_t most) {
  std::vector<ProfileSummary> out;
  collect_of_record(database, record, most, out);
  return out;
}

}  // namespace cdh
