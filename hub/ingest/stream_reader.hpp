// Reads one stream to its end: finds what changed, transforms, maps and judges it, and hands it on
// to be written. Runs on its source's own thread and never touches the store.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/ingest/mapper.hpp"
#include "hub/plugin_host/plugin.hpp"
#include "hub/store/known_records.hpp"
#include "hub/store/landing.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

// Hands out new row ids to all readers.
struct IdCounters {
  std::atomic<std::int64_t> record{0}, quarantine{0}, pipeline{0};  // the last one given
};

// What the store knew of a stream when the run began.
struct StreamTask {
  const StreamConfig* config = nullptr;
  std::int64_t stream_id = 0;
  ReadMode mode = ReadMode::full;
  bool accept_losses = false;  // however many records are gone, it is right
  std::vector<std::string> default_key;
  std::uint64_t pipeline_fingerprint = 0;
  std::string resume_state;
  KnownRecords records;
  KnownQuarantine quarantine;
  std::vector<StoredPipeline> pipelines;
};

// What is written in one transaction.
struct LandingBatch {
  std::size_t stream = 0;  // index of the stream among those of the run
  std::vector<StoredPipeline> pipelines;
  std::vector<LandedRecord> records;
  std::vector<QuarantinedRecord> quarantined;
  std::vector<std::int64_t> no_longer_quarantined;
  std::vector<std::int64_t> gone;
  StreamCounts counts;       // so far in this read
  std::string resume_state;  // empty: none
  bool end = false;          // the stream was read completely
  std::string note;          // with `end`: what the administrator should know
  std::string failure;       // not empty: reading ended here, because
};

class StreamReader {
 public:
  // Takes a batch; false: the run is being given up.
  using Sink = std::function<bool(LandingBatch)>;

  // Everything given must outlive the reader.
  StreamReader(StreamTask& task, const SourceConfig& source, std::vector<Transform> transforms,
               IdCounters& ids, Sink sink);

  // Reads and hands on. Throws Error when the stream cannot be read to its end; what was handed on
  // before stays.
  void read(Connector& connector);

  // Maps stored raw records anew, which stand in quarantine under these ids, and hands them on:
  // they leave it, or stay there under the same id with their new reason. The batch has no origin.
  void retry(const Batch& batch, const std::vector<std::int64_t>& quarantine_ids);

 private:
  struct FreshRow {
    std::size_t row;
    Fingerprint raw;
    std::int64_t quarantine_id;  // its entry from an earlier read, or 0
    bool second_of_key = false;  // that entry says so, and this pipeline wrote it
    std::size_t outputs = 0;
  };
  void use_columns(const Batch& batch);
  void process(const Batch& batch);
  bool is_known(std::size_t row, const Fingerprint& raw, std::vector<FreshRow>& fresh);
  void remove(const Batch& batch, std::size_t row);
  void transform_and_map(const Batch& batch, std::vector<FreshRow>& fresh);
  void land(const Batch& batch, FreshRow& fresh, MappedRow mapped);
  void refuse_second(const Batch& batch, FreshRow& fresh, const std::string& source_key);
  void quarantine(const Batch& batch, std::size_t row, const Fingerprint& raw, Rejection rejection,
                  std::string source_key, std::int64_t replaced_id);
  void still_delivered(const std::optional<Fingerprint>& key);
  void finish();
  std::string raw_json(const Batch& batch, std::size_t row) const;
  bool hand_on();

  StreamTask& task_;
  const SourceConfig& source_;
  std::vector<Transform> transforms_;
  IdCounters& ids_;
  Sink sink_;
  Mapper mapper_;
  std::vector<Column> columns_, mapped_columns_;
  std::uint64_t schema_serial_ = 0;
  std::int64_t pipeline_id_ = 0;
  std::int64_t newly_unreadable_ = 0;  // rows whose key nobody knows
  bool retrying_ = false;              // what landed since a refusal is newer than the refused
  std::string resume_state_;           // the last one of this read
  LandingBatch out_;
  std::string scratch_;
};

// The batch's columns as pipeline.columns keeps them, and back.
std::string columns_to_json(const std::vector<Column>& columns);
std::vector<Column> columns_from_json(const std::string& json);

// Of a row's values, with their types and columns; the order of the columns does not matter to what
// it is compared with, since the pipeline is compared too.
Fingerprint fingerprint_row(const Batch& batch, std::size_t row, std::string& scratch);

}  // namespace cdh
