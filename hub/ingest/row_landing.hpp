// What becomes of a stream's rows: what their mapping made lands, what is refused goes into
// quarantine, and what a row or a list does not hold any more is gone. Never touches the store.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hub/ingest/future_times.hpp"
#include "hub/ingest/landing_batch.hpp"
#include "hub/ingest/present_pipeline.hpp"
#include "hub/ingest/row_mapping.hpp"
#include "hub/ingest/stream_limit.hpp"
#include "hub/ingest/stream_task.hpp"

namespace cdh {

// The pipeline of a record that its connector refused: it never came to a mapping. One that was never
// split into fields is kept as the one value it is.
inline constexpr std::int64_t kNoPipeline = 0;

enum class RowsFrom { connector, quarantine, landing };

// A row that is to be mapped.
struct FreshRow {
  std::size_t row;
  Fingerprint raw;
  // Those in quarantine from earlier reads that are still to be replaced.
  std::vector<KnownQuarantine::Entry> entries = {};
  bool second_of_key = false;  // the first says so, and this pipeline wrote it
  bool repeated = false;       // the first came from an equal row of this read
  std::size_t landed = 0;      // of its outputs

  // The next entry to be replaced; nothing when none is left.
  std::optional<KnownQuarantine::Entry> take_entry();
};

// Of one read of a stream. What it decides, it notes at once in the task's records and quarantine, so
// that later rows are judged by it.
class RowLanding {
 public:
  // Everything given must outlive it.
  RowLanding(StreamTask& task, const RowMapping& mapping, const PresentPipeline& pipeline,
             IdCounters& ids);

  // Before the first row; else they are the connector's.
  void set_rows_from(RowsFrom rows_from) { rows_from_ = rows_from; }
  // Whether a row replaces all that its former version made; a list's end tells what is gone.
  bool takes_away() const {
    return task_.mode == ReadMode::incremental && rows_from_ != RowsFrom::landing;
  }

  // All that came of a row.
  void land(const Batch& batch, FreshRow& fresh, std::span<MappedOutput> outputs);
  // A row that was not mapped, because; and the keys of what its mapping would have made.
  void refuse(const Batch& batch, FreshRow& fresh, Rejection rejection, const ToldKeys& told);
  // One that its connector could not read. `replaced`: the entry whose place it takes, or none.
  void refuse_unread(const Batch& batch, std::size_t row, const Fingerprint& raw,
                     const ToldKeys& told, const std::optional<KnownQuarantine::Entry>& replaced);
  // A row came that stands in quarantine already, once for all equal rows.
  void stays_refused(const KnownQuarantine::Entry& entry, const ToldKeys& told);
  // The stream was read to its end.
  void finish();
  // What the administrator should know, besides.
  void note(const std::string& text);

  // Whether the end tells what is gone, so that refused rows have to tell what they are.
  bool tells_gone() const {
    return task_.mode == ReadMode::full && rows_from_ == RowsFrom::connector;
  }

  // What was gathered since the last take(), with the counts since the beginning; whoever reads the
  // rows adds what he knows.
  LandingBatch& gathered() { return out_; }
  LandingBatch take();

 private:
  void settle_times(std::span<MappedOutput> outputs);
  void land_one(const Batch& batch, FreshRow& fresh, MappedRow mapped, bool split);
  void remove(const Batch& batch, FreshRow& fresh, std::span<MappedOutput> outputs);
  std::int64_t take_away(const FreshRow& fresh, std::span<const MappedOutput> outputs);
  void write(const Batch& batch, const FreshRow& fresh, MappedRow mapped,
             std::optional<std::int64_t> replaced);
  void refuse_second(const Batch& batch, FreshRow& fresh, const std::string& source_key);
  void quarantine(const Batch& batch, std::size_t row, const Fingerprint& raw, Rejection rejection,
                  std::string source_key, const ToldKeys& told,
                  const std::optional<KnownQuarantine::Entry>& replaced);
  bool are_all_known(const ToldKeys& told);
  void still_delivered(const std::optional<Fingerprint>& key);
  void drop_older_refusals(const Fingerprint& key, const Fingerprint& raw);
  StreamRead what_was_read() const;
  void report_older();

  StreamTask& task_;
  const RowMapping& mapping_;
  const PresentPipeline& pipeline_;
  IdCounters& ids_;
  RowsFrom rows_from_ = RowsFrom::connector;
  std::int64_t unreadable_ = 0;     // rows as StreamRead::unreadable counts them
  std::int64_t refused_since_ = 0;  // since the last whole read
  FutureTimes future_times_;
  std::int64_t nobodies_ = 0;                  // records that were written without an entity
  std::vector<KnownRecords::Index> outdated_;  // of a list: an older version than ours came
  LandingBatch out_;
};

}  // namespace cdh
