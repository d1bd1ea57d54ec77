#include "hub/store/quarantine.hpp"

namespace cdh {

namespace {

const std::string kFrom =
    " FROM quarantine q JOIN stream m ON m.id = q.stream_id JOIN source s ON s.id = m.source_id ";
const std::string kSelect =
    "SELECT q.id, s.name, m.name, q.run_id, q.source_key, q.fingerprint_high, q.fingerprint_low, "
    "q.pipeline_id, q.reason, q.field, q.origin, q.position";

QuarantineEntry read_entry(const Cursor& row) {
  QuarantineEntry entry;
  entry.id = row.integer(0);
  entry.source = row.text(1);
  entry.stream = row.text(2);
  entry.run_id = row.integer(3);
  entry.source_key = row.text(4);
  entry.raw_fingerprint = {static_cast<std::uint64_t>(row.integer(5)),
                           static_cast<std::uint64_t>(row.integer(6))};
  entry.pipeline_id = row.integer(7);
  entry.reason = row.text(8);
  entry.field = row.text(9);
  entry.origin = row.text(10);
  entry.position = row.integer(11);
  return entry;
}

std::unique_ptr<Cursor> query_of(Database& database, const std::string& source,
                                 const std::string& select, const std::string& end) {
  if (source.empty()) return database.query(select + end);
  return database.query_text(select + "WHERE s.name = ? " + end, {source});
}

}  // namespace

std::vector<QuarantineEntry> list_quarantined(Database& database, const std::string& source,
                                              std::size_t most) {
  std::vector<QuarantineEntry> entries;
  const auto rows =
      query_of(database, source, kSelect + kFrom, "ORDER BY q.id LIMIT " + std::to_string(most));
  while (rows->next()) entries.push_back(read_entry(*rows));
  return entries;
}

std::int64_t count_quarantined(Database& database, const std::string& source) {
  const auto row = query_of(database, source, "SELECT COUNT(*)" + kFrom, "");
  return row->next() ? row->integer(0) : 0;
}

std::int64_t count_untold(Database& database, std::int64_t run_id) {
  const std::string ended = "r.status IN ('done', 'partial')";
  // `cdh quarantine retry`, which reads no source, tells what it refuses.
  return database.number(
      "SELECT COUNT(*) FROM quarantine q WHERE q.run_id < " + std::to_string(run_id) +
      " AND q.run_id > (SELECT COALESCE(MAX(s.run_id), 0) FROM run_source s JOIN run r ON "
      "r.id = s.run_id WHERE " +
      ended + ") AND NOT EXISTS (SELECT 1 FROM run r WHERE r.id = q.run_id AND " + ended + ")");
}

std::optional<QuarantineEntry> find_quarantined(Database& database, std::int64_t id) {
  const auto row = database.query(kSelect + ", q.raw" + kFrom + "WHERE q.id = ?", {id});
  if (!row->next()) return std::nullopt;
  QuarantineEntry entry = read_entry(*row);
  entry.raw = row->text(12);
  return entry;
}

std::string pipeline_columns(Database& database, std::int64_t pipeline_id) {
  const auto row = database.query("SELECT columns FROM pipeline WHERE id = ?", {pipeline_id});
  return row->next() ? std::string(row->text(0)) : std::string();
}

}  // namespace cdh
