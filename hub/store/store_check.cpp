#include "hub/store/store_check.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>

#include "hub/base/error.hpp"
#include "hub/base/uuid.hpp"
#include "hub/model/mapped_record.hpp"
#include "hub/model/raw_record.hpp"
#include "hub/store/audit.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/record_reader.hpp"
#include "hub/store/run_log.hpp"
#include "hub/store/schema.hpp"

namespace cdh {

namespace {

constexpr std::string_view kSqlite = "sqlite://";
// Examples named of one kind of fault; further ones are counted.
constexpr std::int64_t kExamples = 5;

// Faults of one kind.
class Fault {
 public:
  explicit Fault(std::string what) : what_(std::move(what)) {}
  void add(std::string_view example) {
    if (++count_ > kExamples) return;
    examples_.append(examples_.empty() ? "" : ", ").append(example);
  }
  void report(std::vector<std::string>& faults) const {
    if (count_ == 0) return;
    const std::int64_t more = count_ - kExamples;
    faults.push_back(what_ + ": " + examples_ +
                     (more > 0 ? " and " + std::to_string(more) + " more" : ""));
  }

 private:
  std::string what_, examples_;
  std::int64_t count_ = 0;
};

// A query whose every row is a fault; its first column names the row.
struct Rule {
  std::string what;
  std::string sql;
};

// A row of `table` whose `column` leads nowhere.
Rule leads_to(const std::string& table, const std::string& column, const std::string& target,
              const std::string& key = "id") {
  return {table + " rows whose " + column + " is not in " + target,
          "SELECT t." + column + " FROM " + table + " t LEFT JOIN " + target + " o ON o." + key +
              " = t." + column + " WHERE o." + key + " IS NULL"};
}

// Parties and events carry their record's id within their own.
Rule has_record(const std::string& table, const std::string& column) {
  return {table + " rows without a source record",
          "SELECT t." + column + " FROM " + table + " t LEFT JOIN source_record r ON r.id = " +
              record_of_sql("t." + column) + " WHERE r.id IS NULL"};
}

std::vector<Rule> rules() {
  std::vector<Rule> rules = {
      leads_to("stream", "source_id", "source"),
      leads_to("source_record", "stream_id", "stream"),
      leads_to("source_record", "pipeline_id", "pipeline"),
      leads_to("quarantine", "stream_id", "stream"),
      leads_to("stream_state", "stream_id", "stream"),
      leads_to("pipeline", "stream_id", "stream"),
      // 0: no stream has the name in the record, which was renamed since; the next run maps it anew.
      {"unresolved_ref rows whose stream_id is not in stream",
       "SELECT u.stream_id FROM unresolved_ref u LEFT JOIN stream s ON s.id = u.stream_id "
       "WHERE s.id IS NULL AND u.stream_id <> 0"},
      leads_to("link", "profile_id", "profile"),
      has_record("link", "party_id"),
      leads_to("review_item", "party_a", "link", "party_id"),
      leads_to("review_item", "party_b", "link", "party_id"),
      {"links of records that are gone, though a later run published",
       "SELECT l.party_id FROM link l JOIN source_record r ON r.id = " +
           record_of_sql("l.party_id") +
           " WHERE r.gone_run <= (SELECT value FROM hub_state WHERE name = 'published_run')"},
      {"links joined to a party of another profile",
       "SELECT l.party_id FROM link l LEFT JOIN link o ON o.party_id = l.joined_to "
       "WHERE l.joined_to IS NOT NULL AND l.joined_to <> 0 "
       "AND (o.profile_id IS NULL OR o.profile_id <> l.profile_id)"},
      {"profiles without a link",
       "SELECT p.uuid FROM profile p LEFT JOIN link l ON l.profile_id = p.id "
       "WHERE l.party_id IS NULL"},
      {"profiles whose record_count is not the number of their links",
       "SELECT p.uuid FROM profile p JOIN (SELECT profile_id, COUNT(*) AS links FROM link "
       "GROUP BY profile_id) l ON l.profile_id = p.id WHERE l.links <> p.record_count"},
      {"profiles with consents of which none is effective",
       "SELECT DISTINCT p.uuid FROM consent c JOIN link l ON l.party_id = c.customer_id "
       "JOIN profile p ON p.id = l.profile_id "
       "LEFT JOIN effective_consent e ON e.profile_id = l.profile_id "
       "WHERE e.profile_id IS NULL AND TRIM(c.status) <> '' ORDER BY p.uuid"},
      {"effective_consent rows, by profile_id, of a consent of another profile",
       "SELECT e.profile_id FROM effective_consent e JOIN consent c ON c.id = e.consent_id "
       "LEFT JOIN link l ON l.party_id = c.customer_id "
       "WHERE l.profile_id IS NULL OR l.profile_id <> e.profile_id ORDER BY e.profile_id"},
      {"effective_consent rows, by profile_id, whose permission is none",
       "SELECT profile_id FROM effective_consent "
       "WHERE permission NOT IN ('granted', 'refused', 'unknown') ORDER BY profile_id"},
      leads_to("effective_consent", "profile_id", "profile"),
      leads_to("effective_consent", "consent_id", "consent"),
      leads_to("household", "profile_id", "profile"),
      {"household rows, by profile_id, at another home than their address",
       "SELECT h.profile_id FROM household h LEFT JOIN postal_address a "
       "ON a.profile_id = h.profile_id AND a.position = h.position AND a.home = h.home "
       "WHERE a.profile_id IS NULL ORDER BY h.profile_id"},
      {"households of one",
       "SELECT id FROM household GROUP BY home, id HAVING COUNT(*) = 1 ORDER BY id"},
      // An alias may lead nowhere: its profile lost its last record.
      {"aliases that are profiles themselves",
       "SELECT a.alias FROM profile_alias a JOIN profile p ON p.uuid = a.alias"},
      {"aliases that lead to another alias",
       "SELECT a.alias FROM profile_alias a JOIN profile_alias b ON b.alias = a.profile_uuid"},
  };
  for (const EntitySpec& spec : entities()) {
    const std::string table(spec.name);
    if (spec.role == EntityRole::contact) {
      rules.push_back(leads_to(table, "profile_id", "profile"));
      rules.push_back({"profiles by profile_id with a gap in the positions of table " + table,
                       "SELECT profile_id FROM " + table +
                           " GROUP BY profile_id HAVING MAX(position) + 1 <> COUNT(*) "
                           "ORDER BY profile_id"});
    }
    if (spec.role == EntityRole::event) rules.push_back(has_record(table, "id"));
  }
  return rules;
}

void apply(Database& database, const Rule& rule, std::vector<std::string>& faults) {
  Fault fault(rule.what);
  const auto rows = database.query(rule.sql);
  while (rows->next()) fault.add(rows->text(0));
  fault.report(faults);
}

// A profile has a contact of each kind that one of its records has. Whether it has all of them is
// more than can be said without merging anew.
class ContactCheck {
 public:
  explicit ContactCheck(Database& database)
      : links_(database.query("SELECT party_id, profile_id FROM link ORDER BY party_id")),
        more_links_(links_->next()) {
    for (const EntitySpec& spec : entities()) {
      Kind& kind = kinds_.emplace_back();
      if (spec.role != EntityRole::contact) continue;
      kind.missing = Fault("parties whose record has " + std::string(spec.list_name) +
                           " while their profile has none");
      const auto rows = database.query("SELECT DISTINCT profile_id FROM " + std::string(spec.name) +
                                       " ORDER BY profile_id");
      while (rows->next()) kind.profiles.push_back(rows->integer(0));
    }
  }

  // Records as they were published, in the order of their ids.
  void look_at(std::int64_t record_id, const MappedRecord& record) {
    std::map<std::int64_t, std::int64_t> profile_of;
    for (; more_links_ && record_of(links_->integer(0)) <= record_id;
         more_links_ = links_->next()) {
      profile_of[links_->integer(0)] = links_->integer(1);
    }
    std::vector<std::int64_t> ids;  // of the record's entities; 0 of a contact
    std::size_t place = 0;
    std::set<std::pair<EntityId, std::int64_t>> missing;
    for (const MappedEntity& entity : record.entities) {
      const bool is_contact = entity.owner >= 0;
      ids.push_back(is_contact ? 0 : entity_id(record_id, place++));
      if (!is_contact ||
          std::ranges::all_of(entity.fields, &std::string::empty, &MappedField::text))
        continue;
      const auto party = profile_of.find(ids.at(static_cast<std::size_t>(entity.owner)));
      if (party == profile_of.end()) continue;
      if (!std::ranges::binary_search(kinds_[entity.entity].profiles, party->second))
        missing.emplace(entity.entity, party->first);
    }
    for (const auto& [kind, party] : missing) kinds_[kind].missing.add(std::to_string(party));
  }

  void report(std::vector<std::string>& faults) const {
    for (const Kind& kind : kinds_) kind.missing.report(faults);
  }

 private:
  struct Kind {
    Fault missing{""};
    std::vector<std::int64_t> profiles;  // that have one, ascending
  };
  std::unique_ptr<Cursor> links_;
  bool more_links_;
  std::vector<Kind> kinds_;  // by EntityId; empty but for contacts
};

// Both are documents of the hub's own; one that does not parse was damaged.
void parse_records(Database& database, std::vector<std::string>& faults) {
  Fault raw("source records whose raw values do not parse"),
      mapped("source records whose mapped values do not parse");
  const auto parses = [](auto&& parse) {
    try {
      parse();
      return true;
    } catch (const Error&) {
      return false;
    }
  };
  ContactCheck contacts(database);
  const std::int64_t published = published_run(database);
  const auto rows =
      database.query("SELECT id, raw, mapped, changed_run FROM source_record ORDER BY id");
  while (rows->next()) {
    const std::string id = std::to_string(rows->integer(0));
    if (!parses([&] { RawRecord::parse(rows->text(1)); })) raw.add(id);
    MappedRecord record;
    if (!parses([&] { record = mapped_record_from_json(rows->text(2)); })) mapped.add(id);
    if (rows->integer(3) <= published) contacts.look_at(rows->integer(0), record);
  }
  Fault quarantined("quarantined records whose raw values do not parse");
  const auto refused = database.query("SELECT id, raw FROM quarantine");
  while (refused->next()) {
    if (!parses([&] { RawRecord::parse(refused->text(1)); })) {
      quarantined.add(std::to_string(refused->integer(0)));
    }
  }
  raw.report(faults);
  mapped.report(faults);
  quarantined.report(faults);
  contacts.report(faults);
}

void parse_profiles(Database& database, const IsReadable& is_lineage,
                    std::vector<std::string>& faults) {
  Fault uuid("profiles by id whose uuid is no UUID"),
      lineage("profiles by id whose lineage does not parse");
  const auto rows = database.query("SELECT id, uuid, lineage FROM profile ORDER BY id");
  while (rows->next()) {
    const std::string id = std::to_string(rows->integer(0));
    if (!is_uuid(rows->text(1))) uuid.add(id);
    if (!is_lineage(rows->text(2))) lineage.add(id);
  }
  uuid.report(faults);
  lineage.report(faults);
}

void check_file(Database& database, std::vector<std::string>& faults) {
  if (database.dialect() != "sqlite") return;
  const auto rows = database.query("PRAGMA integrity_check(20)");
  while (rows->next()) {
    if (rows->text(0) != "ok") faults.push_back("SQLite: " + std::string(rows->text(0)));
  }
}

std::vector<StreamContent> count_streams(Database& database) {
  std::vector<StreamContent> streams;
  const auto rows = database.query(
      "SELECT o.name, s.name, "
      "(SELECT COUNT(*) FROM source_record r WHERE r.stream_id = s.id AND r.gone_run IS NULL), "
      "(SELECT COUNT(*) FROM source_record r WHERE r.stream_id = s.id AND r.gone_run IS NOT NULL), "
      "(SELECT COUNT(*) FROM quarantine q WHERE q.stream_id = s.id) "
      "FROM stream s JOIN source o ON o.id = s.source_id ORDER BY o.name, s.name");
  while (rows->next()) {
    streams.push_back({std::string(rows->text(0)), std::string(rows->text(1)), rows->integer(2),
                       rows->integer(3), rows->integer(4)});
  }
  return streams;
}

}  // namespace

std::optional<int> probe_store(const std::string& url) {
  if (url.starts_with(kSqlite)) {
    const std::filesystem::path path = url.substr(kSqlite.size());
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
      const std::filesystem::path folder = path.parent_path();
      if (std::filesystem::is_directory(folder, ignored)) return std::nullopt;
      throw Error(ErrorKind::store, "cannot create the store " + path.string() +
                                        ": there is no folder " + folder.string() +
                                        "; create it, or change hub: store");
    }
  }
  Database database(url, Database::Mode::existing);
  const int version = schema_version(database);
  if (version == 0) {
    database.require_room_for_store();
    return std::nullopt;
  }
  require_current_schema(database);
  return version;
}

StoreFindings check_store(Database& database, const IsReadable& is_lineage) {
  require_current_schema(database);
  const Transaction one_state(database, Transaction::Access::read);
  StoreFindings findings;
  findings.streams = count_streams(database);
  check_file(database, findings.faults);
  parse_records(database, findings.faults);
  parse_profiles(database, is_lineage, findings.faults);
  for (const Rule& rule : rules()) apply(database, rule, findings.faults);
  std::ranges::move(audit_faults(database), std::back_inserter(findings.faults));
  return findings;
}

}  // namespace cdh
