// Reads one stream to its end: finds what changed, transforms, maps and judges it, and hands it on
// to be written. Runs on its source's own thread and never touches the store.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/ingest/landing_batch.hpp"
#include "hub/ingest/present_pipeline.hpp"
#include "hub/ingest/row_mapping.hpp"
#include "hub/ingest/stream_task.hpp"
#include "hub/plugin_host/plugin.hpp"
#include "hub/store/known_records.hpp"
#include "hub/store/landing.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

class StreamReader {
 public:
  // Takes a batch; false: the run is being given up.
  using Sink = std::function<bool(LandingBatch)>;

  // Everything given must outlive the reader.
  StreamReader(StreamTask& task, const SourceConfig& source, std::vector<Transform> transforms,
               IdCounters& ids, Sink sink);

  // Reads and hands on; false: until the run was given up. Throws Error when the stream cannot be
  // read to its end; what was handed on before stays. How the connector cuts the rows into batches
  // makes no difference.
  bool read(Connector& connector);

  // Maps stored raw records anew and hands them on. Of those that stand in quarantine, each once:
  // what is refused of one takes the place of its entries, and those left over leave.
  void retry(const Batch& batch);
  // Of those that landed, after KnownRecords::begin_remapping.
  void remap(const Batch& batch);

 private:
  enum class RowsFrom { connector, quarantine, landing };
  // A row that is to be mapped.
  struct FreshRow {
    std::size_t row;
    Fingerprint raw;
    std::vector<std::int64_t> entries = {};  // the ids of those in quarantine from earlier reads
    bool second_of_key = false;              // the first says so, and this pipeline wrote it
    bool repeated = false;                   // the first came from an equal row of this read
    std::size_t landed = 0;                  // of its outputs

    // The next entry to be replaced; 0: none is left.
    std::int64_t take_entry();
  };
  // A row that is to be looked up when what arrived before it has landed.
  struct WaitingRow {
    std::size_t row;
    Fingerprint raw;
  };
  void process(const Batch& batch);
  void refuse_unread(const Batch& batch, std::size_t row);
  std::optional<FreshRow> look_up(std::size_t row, const Fingerprint& raw);
  void map_and_land(const Batch& batch, std::vector<FreshRow> fresh,
                    const std::vector<WaitingRow>& waiting);
  void land_outputs(const Batch& batch, FreshRow& fresh, std::span<MappedOutput> outputs);
  void land(const Batch& batch, FreshRow& fresh, MappedRow mapped, bool split);
  void remove(const Batch& batch, FreshRow& fresh, std::span<MappedOutput> outputs);
  // Whether a row replaces all that its former version made; a list's end tells what is gone.
  bool takes_away() const {
    return task_.mode == ReadMode::incremental && rows_from_ != RowsFrom::landing;
  }
  std::int64_t take_away(const FreshRow& fresh, std::span<const MappedOutput> outputs);
  void write(const Batch& batch, const FreshRow& fresh, MappedRow mapped,
             std::optional<std::int64_t> replaced);
  void refuse_second(const Batch& batch, FreshRow& fresh, const std::string& source_key);
  void quarantine(const Batch& batch, std::size_t row, const Fingerprint& raw, Rejection rejection,
                  std::string source_key, std::int64_t replaced_id);
  void count_as_refused(bool repeated);
  void still_delivered(const std::optional<Fingerprint>& key);
  void drop_older_refusals(const Fingerprint& key, const Fingerprint& raw);
  void finish();
  void report_older();
  bool hand_on();

  StreamTask& task_;
  IdCounters& ids_;
  Sink sink_;
  RowMapping mapping_;
  RowsFrom rows_from_ = RowsFrom::connector;
  PresentPipeline pipeline_;
  std::int64_t newly_unreadable_ = 0;          // rows whose key nobody knows
  std::vector<KnownRecords::Index> outdated_;  // of a list: an older version than ours came
  std::string resume_state_;                   // the last one of this read
  LandingBatch out_;
  std::string scratch_;
};

}  // namespace cdh
