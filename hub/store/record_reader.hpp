// Reading back what was landed, for matching and merging.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/base/hash.hpp"
#include "hub/store/database.hpp"

namespace cdh {

struct StreamName {
  std::int64_t id = 0;
  std::uint32_t source_id = 0;
  std::string source;
  std::string stream;
};
// All streams, ascending by id.
std::vector<StreamName> stream_names(Database& database);

struct StoredRecord {
  std::int64_t id = 0;
  std::int64_t stream_id = 0;
  std::string source_key;
  std::optional<std::int64_t> updated_at;
  bool gone = false;
  bool is_new = false;   // never published before
  bool changed = false;  // since it was last published, or new
  std::string mapped;    // mapped_record.hpp
};

// Goes through source records in the order of their ids.
class RecordReader {
 public:
  static RecordReader all(Database& database);
  static RecordReader changed_since(Database& database, std::int64_t run_id);
  static RecordReader of(Database& database, const std::vector<std::int64_t>& ids);

  std::optional<StoredRecord> next();
  // The next `limit` ones, fewer at the end, then none.
  std::vector<StoredRecord> next_block(std::size_t limit);

 private:
  explicit RecordReader(std::unique_ptr<Cursor> rows, std::int64_t published)
      : rows_(std::move(rows)), published_(published) {}
  std::unique_ptr<Cursor> rows_;
  std::int64_t published_;
};

// A record as its connector gave it.
struct StoredRaw {
  std::int64_t id = 0;
  Fingerprint fingerprint;
  std::string json;  // raw_record.hpp
};
// Those of the records that are not gone, ascending by id.
std::vector<StoredRaw> read_raw(Database& database, const std::vector<std::int64_t>& ids);
// Those of these entries of quarantine, ascending by id.
std::vector<StoredRaw> read_quarantined_raw(Database& database,
                                            const std::vector<std::int64_t>& ids);

// The ids of the records with these keys, by key: of those that were ever landed.
std::unordered_map<std::string, std::int64_t> find_records(
    Database& database, std::int64_t stream_id, const std::vector<std::string>& source_keys);

// "1,2,3": for a condition `IN (...)`.
std::string id_list(const std::vector<std::int64_t>& ids);

// A record's parties and events have the ids record * 16 + place among its non-contact entities.
inline constexpr std::int64_t kIdsPerRecord = 16;
inline std::int64_t entity_id(std::int64_t record_id, std::size_t place) {
  return record_id * kIdsPerRecord + static_cast<std::int64_t>(place);
}
inline std::int64_t record_of(std::int64_t entity) { return entity / kIdsPerRecord; }
// The same in SQL, of columns: the record's id, and the condition that the entity is one of the
// record's, which an index on `entity` serves.
std::string record_of_sql(const std::string& entity);
std::string is_of_record_sql(const std::string& entity, const std::string& record);

}  // namespace cdh
