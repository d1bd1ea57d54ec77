#include "hub/store/record_reader.hpp"

#include <algorithm>
#include <bit>

#include "hub/store/run_log.hpp"

namespace cdh {

namespace {

const std::string kSelect =
    "SELECT id, stream_id, source_key, source_updated_at, gone_run, first_seen_run, "
    "changed_run, mapped "
    "FROM source_record ";

// Of the rows of a table that has the columns of source_record, by id and a condition beside.
std::vector<StoredRaw> read_raw_of(Database& database, const std::string& table,
                                   const std::string& condition,
                                   const std::vector<std::int64_t>& ids) {
  std::vector<StoredRaw> records;
  if (ids.empty()) return records;
  const auto rows =
      database.query("SELECT id, fingerprint_high, fingerprint_low, raw FROM " + table + " WHERE " +
                     condition + "id IN (" + id_list(ids) + ") ORDER BY id");
  while (rows->next()) {
    records.push_back({rows->integer(0),
                       {static_cast<std::uint64_t>(rows->integer(1)),
                        static_cast<std::uint64_t>(rows->integer(2))},
                       std::string(rows->text(3))});
  }
  return records;
}

}  // namespace

std::vector<StreamName> stream_names(Database& database) {
  std::vector<StreamName> names;
  const auto rows = database.query(
      "SELECT m.id, s.id, s.name, m.name FROM stream m JOIN source s ON s.id = m.source_id ORDER "
      "BY m.id");
  while (rows->next()) {
    names.push_back({rows->integer(0), static_cast<std::uint32_t>(rows->integer(1)),
                     std::string(rows->text(2)), std::string(rows->text(3))});
  }
  return names;
}

RecordReader RecordReader::all(Database& database) {
  return RecordReader(database.query(kSelect + "ORDER BY id"), published_run(database));
}

RecordReader RecordReader::changed_since(Database& database, std::int64_t run_id) {
  return RecordReader(database.query(kSelect + "WHERE changed_run > ? ORDER BY id", {run_id}),
                      published_run(database));
}

RecordReader RecordReader::of(Database& database, const std::vector<std::int64_t>& ids) {
  return RecordReader(database.query(kSelect + "WHERE id IN (" +
                                     (ids.empty() ? "NULL" : id_list(ids)) + ") ORDER BY id"),
                      published_run(database));
}

std::optional<StoredRecord> RecordReader::next() {
  if (!rows_->next()) return std::nullopt;
  StoredRecord record;
  record.id = rows_->integer(0);
  record.stream_id = rows_->integer(1);
  record.source_key = rows_->text(2);
  if (!rows_->is_null(3)) record.updated_at = rows_->integer(3);
  record.gone = !rows_->is_null(4);
  record.is_new = rows_->integer(5) > published_;
  record.changed = rows_->integer(6) > published_;
  record.mapped = rows_->text(7);
  return record;
}

std::vector<StoredRecord> RecordReader::next_block(std::size_t limit) {
  std::vector<StoredRecord> block;
  while (block.size() < limit) {
    std::optional<StoredRecord> record = next();
    if (!record) break;
    block.push_back(std::move(*record));
  }
  return block;
}

std::vector<StoredRaw> read_raw(Database& database, const std::vector<std::int64_t>& ids) {
  return read_raw_of(database, "source_record", "gone_run IS NULL AND ", ids);
}

std::vector<StoredRaw> read_quarantined_raw(Database& database,
                                            const std::vector<std::int64_t>& ids) {
  return read_raw_of(database, "quarantine", "", ids);
}

std::unordered_map<std::string, std::int64_t> find_records(
    Database& database, std::int64_t stream_id, const std::vector<std::string>& source_keys) {
  constexpr std::size_t kChunk = 5'000;
  std::unordered_map<std::string, std::int64_t> found;
  for (std::size_t begin = 0; begin < source_keys.size(); begin += kChunk) {
    const std::size_t end = std::min(source_keys.size(), begin + kChunk);
    std::string marks = "?";
    for (std::size_t i = begin + 1; i < end; ++i) marks += ",?";
    const auto rows = database.query_text(
        "SELECT source_key, id FROM source_record WHERE stream_id = " + std::to_string(stream_id) +
            " AND source_key IN (" + marks + ")",
        {source_keys.begin() + static_cast<std::ptrdiff_t>(begin),
         source_keys.begin() + static_cast<std::ptrdiff_t>(end)});
    while (rows->next()) found.emplace(rows->text(0), rows->integer(1));
  }
  return found;
}

std::string id_list(const std::vector<std::int64_t>& ids) {
  std::string list;
  for (const std::int64_t id : ids) {
    if (!list.empty()) list += ',';
    list += std::to_string(id);
  }
  return list;
}

std::string record_of_sql(const std::string& entity) {
  return entity + " >> " + std::to_string(std::countr_zero<std::uint64_t>(kIdsPerRecord));
}

std::string is_of_record_sql(const std::string& entity, const std::string& record) {
  const std::string ids = std::to_string(kIdsPerRecord);
  return entity + " >= " + record + " * " + ids + " AND " + entity + " < " + record + " * " + ids +
         " + " + ids;
}

}  // namespace cdh
