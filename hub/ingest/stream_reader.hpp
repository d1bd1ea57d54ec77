// Reads one stream to its end: finds what changed, in the order of its arrival, has it transformed
// and mapped (row_mapping.hpp) and judged (row_landing.hpp), and hands it on to be written. Runs on
// its source's own thread and never touches the store.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/ingest/field_drift.hpp"
#include "hub/ingest/landing_batch.hpp"
#include "hub/ingest/present_pipeline.hpp"
#include "hub/ingest/row_landing.hpp"
#include "hub/ingest/row_mapping.hpp"
#include "hub/ingest/stream_task.hpp"
#include "hub/plugin_host/plugin.hpp"

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
  // makes no difference. Where FieldDrift::looks_first, the connector is asked for everything twice.
  bool read(Connector& connector);

  // Maps stored raw records anew and hands them on. Of those that stand in quarantine, each once:
  // what is refused of one takes the place of its entries, and those left over leave.
  void retry(const Batch& batch);
  // Of those that landed, after KnownRecords::begin_remapping.
  void remap(const Batch& batch);

 private:
  // A row that is to be looked up when what arrived before it has landed.
  struct WaitingRow {
    std::size_t row;
    Fingerprint raw;
  };
  // One that stands in quarantine, and the reason holds.
  struct RefusedRow {
    std::size_t row;
    std::vector<KnownQuarantine::Entry> entries;
  };
  bool start(Connector& connector);
  bool look_first(Connector& connector);
  void require_fields();
  void process(const Batch& batch);
  void refuse_unread(const Batch& batch, std::size_t row, const ToldKeys& told);
  void leave_refused(const Batch& batch);
  std::optional<FreshRow> look_up(std::size_t row, const Fingerprint& raw);
  void map_and_land(const Batch& batch, std::vector<FreshRow> fresh,
                    const std::vector<WaitingRow>& waiting);
  LandingBatch& gathered() { return landing_.gathered(); }
  bool hand_on();

  StreamTask& task_;
  Sink sink_;
  FieldDrift drift_;
  RowMapping mapping_;
  PresentPipeline pipeline_;
  RowLanding landing_;
  std::vector<RefusedRow> still_refused_;  // of the present batch
  std::string resume_state_;               // the last one of this read
  std::string scratch_;
  bool has_readable_ = false;  // rows, so far
};

}  // namespace cdh
