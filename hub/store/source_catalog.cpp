#include "hub/store/source_catalog.hpp"

#include <map>
#include <utility>

#include "hub/store/backend.hpp"
#include "hub/store/landing.hpp"
#include "hub/store/profile_history.hpp"
#include "hub/store/record_reader.hpp"
#include "hub/store/record_versions.hpp"
#include "hub/store/run_log.hpp"
#include "hub/store/safety_stop.hpp"

namespace cdh {

namespace {

constexpr const char* kStreamsOf =
    "(SELECT m.id FROM stream m JOIN source s ON s.id = m.source_id WHERE s.name = :name)";

void execute_for(Database& database, const std::string& sql, const std::string& source) {
  as_store_error(database.backend(), "cannot change the source " + source,
                 [&] { database.session() << sql, soci::use(source, "name"); });
}

std::vector<std::int64_t> stream_ids(Database& database, const SourcePart& part) {
  std::vector<std::int64_t> ids;
  for (const StreamName& stream : stream_names(database)) {
    const bool is_meant = part.stream.empty() || stream.stream == part.stream;
    if (stream.source == part.source && is_meant) ids.push_back(stream.id);
  }
  return ids;
}

// "crm/people/17/person" becomes "erp/people/17/person".
void rename_in_parties(Database& database, const std::string& table, const std::string& column,
                       const std::string& from, const std::string& to) {
  const std::string prefix = from + "/";
  const std::string length = std::to_string(prefix.size());
  as_store_error(database.backend(), "cannot rename the source in table " + table, [&] {
    database.session() << "UPDATE " + table + " SET " + column + " = :to || '/' || substr(" +
                              column + ", " + length + " + 1) WHERE substr(" + column + ", 1, " +
                              length + ") = :prefix",
        soci::use(to, "to"), soci::use(prefix, "prefix");
  });
}

// The streams of `to` whose names are also names of streams of `from`: pairs of ids.
std::vector<std::pair<std::int64_t, std::int64_t>> twins(Database& database,
                                                         const std::string& from,
                                                         const std::string& to) {
  std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
  const auto rows = database.query_text(
      "SELECT n.id, o.id FROM stream n JOIN source ns ON ns.id = n.source_id "
      "JOIN stream o ON o.name = n.name JOIN source os ON os.id = o.source_id "
      "WHERE ns.name = ? AND os.name = ? ORDER BY n.id",
      {to, from});
  while (rows->next()) pairs.emplace_back(rows->integer(0), rows->integer(1));
  return pairs;
}

// A run that could not read `to`, or one in which another source refers to it, has left its name and
// its streams behind, without a record. What waits for one of them waits for the stream of that name
// in `from`; those that `from` does not have become its own.
void give_streams(Database& database, const std::string& from, const std::string& to) {
  for (const char* table : {"stream_state", "pipeline"}) {
    execute_for(database, std::string("DELETE FROM ") + table + " WHERE stream_id IN " + kStreamsOf,
                to);
  }
  std::vector<std::int64_t> empty;
  for (const auto& [empty_id, id] : twins(database, from, to)) {
    database.execute("UPDATE unresolved_ref SET stream_id = " + std::to_string(id) +
                     " WHERE stream_id = " + std::to_string(empty_id));
    empty.push_back(empty_id);
  }
  keep_stream_ids_unique(database);
  if (!empty.empty()) {
    database.execute("DELETE FROM stream WHERE id IN (" + id_list(empty) + ")");
  }
  as_store_error(database.backend(), "cannot rename the source " + from, [&] {
    database.session()
        << "UPDATE stream SET source_id = (SELECT id FROM source WHERE name = :from) "
           "WHERE source_id = (SELECT id FROM source WHERE name = :to)",
        soci::use(from, "from"), soci::use(to, "to");
  });
}

}  // namespace

std::vector<CatalogEntry> source_catalog(Database& database) {
  std::vector<CatalogEntry> catalog;
  std::map<std::int64_t, std::size_t> place_of;
  {
    const auto rows = database.query(
        "SELECT m.id, s.name, m.name, t.run_id FROM stream m JOIN source s ON s.id = m.source_id "
        "LEFT JOIN stream_state t ON t.stream_id = m.id ORDER BY s.name, m.name");
    while (rows->next()) {
      place_of.emplace(rows->integer(0), catalog.size());
      CatalogEntry& entry = catalog.emplace_back();
      entry.source = rows->text(1);
      entry.stream = rows->text(2);
      if (!rows->is_null(3)) entry.last_run = rows->integer(3);
    }
  }
  const auto records = database.query(
      "SELECT stream_id, COUNT(*) - COUNT(gone_run), COUNT(gone_run) FROM source_record "
      "GROUP BY stream_id");
  while (records->next()) {
    CatalogEntry& entry = catalog.at(place_of.at(records->integer(0)));
    entry.present = records->integer(1);
    entry.gone = records->integer(2);
  }
  const auto refused =
      database.query("SELECT stream_id, COUNT(*) FROM quarantine GROUP BY stream_id");
  while (refused->next()) {
    catalog.at(place_of.at(refused->integer(0))).quarantined = refused->integer(1);
  }
  return catalog;
}

bool has_part(Database& database, const SourcePart& part) {
  if (part.stream.empty()) {
    return database.query_text("SELECT id FROM source WHERE name = ?", {part.source})->next();
  }
  return !stream_ids(database, part).empty();
}

std::int64_t withdraw(Database& database, const SourcePart& part, std::int64_t run_id) {
  std::int64_t present = 0;
  for (const CatalogEntry& entry : source_catalog(database)) {
    if (part.has(entry)) present += entry.present;
  }
  const std::vector<std::int64_t> streams = stream_ids(database, part);
  if (streams.empty()) return present;
  const std::string of_streams = " stream_id IN (" + id_list(streams) + ")";
  const std::string run = std::to_string(run_id);
  keep_versions(database, run_id, "gone_run IS NULL AND" + of_streams);
  keep_quarantined(database, run_id, of_streams);
  for (const std::int64_t stream : streams) keep_stream_state(database, run_id, stream);
  database.execute("UPDATE source_record SET gone_run = " + run + ", changed_run = " + run +
                   " WHERE gone_run IS NULL AND" + of_streams);
  for (const char* table : {"quarantine", "stream_state"}) {
    database.execute(std::string("DELETE FROM ") + table + " WHERE" + of_streams);
  }
  for (const std::int64_t stream : streams) forget_stopped(database, stream);
  return present;
}

void rename_source(Database& database, const std::string& from, const std::string& to) {
  give_streams(database, from, to);
  execute_for(database, "DELETE FROM source WHERE name = :name", to);
  as_store_error(database.backend(), "cannot rename the source " + from, [&] {
    database.session() << "UPDATE source SET name = :to WHERE name = :from", soci::use(to, "to"),
        soci::use(from, "from");
  });
  rename_in_parties(database, "decision", "left_party", from, to);
  rename_in_parties(database, "decision", "right_party", from, to);
  rename_in_parties(database, "former_party", "party", from, to);
  rename_in_profile_versions(database, from, to);
  set_hub_state(database, "policy", 0);
}

}  // namespace cdh
