// Writing what a run reads: source records, quarantine, resume states. Each batch is one
// transaction of the caller's.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "hub/base/hash.hpp"
#include "hub/config/secret_mask.hpp"
#include "hub/store/database.hpp"

namespace cdh {

// A record to be written; `record_id` is new, or that of the version it replaces.
struct LandedRecord {
  std::int64_t record_id = 0;
  bool is_new = true;
  std::string source_key;
  Fingerprint raw_fingerprint;
  std::int64_t pipeline_id = 0;
  std::optional<std::int64_t> updated_at;  // microseconds, by the source's time
  std::string raw;                         // raw_record.hpp
  std::string mapped;                      // mapped_record.hpp
};

struct QuarantinedRecord {
  std::int64_t id = 0;  // new, or that of the entry it replaces
  bool is_new = true;
  std::string source_key;  // empty: not known
  Fingerprint raw_fingerprint;
  std::int64_t pipeline_id = 0;  // 0: refused before its fields were known; raw is then one value
  std::string reason;
  std::string field;
  std::string origin;
  std::int64_t position = 0;
  std::string raw;
};

// A record that is not there any more.
struct GoneRecord {
  std::int64_t record_id = 0;
  std::optional<std::int64_t> deleted_at;  // microseconds, when the source tells it
};

// The id of a source's stream, made on first use. An id is never used again.
std::int64_t stream_id(Database& database, std::string_view source, std::string_view stream);
// To be called before a stream is removed.
void keep_stream_ids_unique(Database& database);

// What made a record of a raw one: the stream's transforms and mapping, over these columns.
struct StoredPipeline {
  std::int64_t id = 0;
  std::uint64_t fingerprint = 0;
  std::string columns;  // JSON array of [name, type]
};
std::vector<StoredPipeline> pipelines(Database& database, std::int64_t stream_id);

// What is kept of a stream between its reads.
struct StreamState {
  std::string resume_state;            // empty: none
  std::optional<std::int64_t> rows{};  // of the last read; nothing when it was never read
  std::string fields{};  // of the last whole read, as JSON of its reader; empty: not known
};
StreamState stream_state(Database& database, std::int64_t stream_id);
// StreamState::fields of every stream that has a state, by the names of source and stream.
using KnownFields = std::map<std::pair<std::string, std::string>, std::string>;
KnownFields known_fields(Database& database);

// The largest id used in a table, for those who hand out new ones.
std::int64_t largest_id(Database& database, std::string_view table);

class LandingWriter {
 public:
  // `secrets` are masked in the reasons of refusal and in the origins, which plugins word.
  LandingWriter(Database& database, std::int64_t run_id, SecretMask secrets = {});
  ~LandingWriter();

  void write(std::int64_t stream_id, const StoredPipeline& pipeline);
  void write(std::int64_t stream_id, const LandedRecord& record);
  void write(std::int64_t stream_id, const QuarantinedRecord& record);
  // The same, but all entries that these replace leave at once.
  void write(std::int64_t stream_id, const std::vector<QuarantinedRecord>& records);
  // From then on a record's time by the source is that of its deletion, if it is known.
  void mark_gone(const std::vector<GoneRecord>& records);
  // Kept for undoing the run (record_versions.hpp), as what the others replace is.
  void remove_quarantined(const std::vector<std::int64_t>& ids);
  void set_stream_state(std::int64_t stream_id, const StreamState& state);
  // Before the commit.
  void flush();

 private:
  void add(std::int64_t stream_id, const QuarantinedRecord& record);
  void change(const LandedRecord& record);
  void bring_over_changes();

  Database& database_;
  std::int64_t run_id_;
  SecretMask secrets_;
  std::unique_ptr<BulkInsert> records_, quarantine_;
  std::unique_ptr<BulkInsert> changes_;  // null: none is waiting
  std::unordered_set<std::int64_t> changed_ids_;
};

}  // namespace cdh
