#include "hub/ingest/remapping.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/ingest/batch_rows.hpp"
#include "hub/ingest/pipeline.hpp"
#include "hub/ingest/stream_limit.hpp"
#include "hub/store/quarantine.hpp"

namespace cdh {

namespace {

constexpr std::size_t kRowsPerBatch = 4096;

const std::string kWhat = "the changed mapping of the stored records: ";

using StaleRecords = std::span<const KnownRecords::Stale>;

std::vector<std::int64_t> present_pipelines(const StreamTask& task) {
  std::vector<std::int64_t> ids;
  for (const StoredPipeline& pipeline : task.pipelines) {
    if (pipeline.fingerprint == task.pipeline_fingerprint) ids.push_back(pipeline.id);
  }
  return ids;
}

class Remapping {
 public:
  Remapping(Database& database, StreamTask& task, StreamReader& reader, RemapResult& result)
      : database_(database),
        task_(task),
        reader_(reader),
        result_(result),
        present_(present_pipelines(task)) {}

  // Those of one pipeline.
  void remap(StaleRecords stale) {
    const std::vector<Column> columns =
        columns_from_json(pipeline_columns(database_, stale.front().pipeline_id));
    while (!stale.empty()) {
      const StaleRecords next = stale.first(std::min(kRowsPerBatch, stale.size()));
      remap(columns, next);
      stale = stale.subspan(next.size());
    }
  }

  // The records that nothing stored leads to any more.
  std::vector<GoneRecord> gone() const {
    std::vector<GoneRecord> records;
    for (const KnownRecords::Index index : unmade_) {
      if (task_.records.is_unseen(index)) records.push_back({task_.records.record_id(index), {}});
    }
    return records;
  }

 private:
  void remap(const std::vector<Column>& columns, StaleRecords stale) {
    std::vector<KnownRecords::Index> indexes;
    std::vector<std::int64_t> ids;
    for (const KnownRecords::Stale& record : stale) {
      // One that a row before was found to be a new version of is done.
      if (task_.records.pipeline_id(record.index) != record.pipeline_id) continue;
      if (task_.quarantine.is_refused(task_.records.raw(record.index), present_)) continue;
      indexes.push_back(record.index);
      ids.push_back(task_.records.record_id(record.index));
    }
    const std::vector<StoredRaw> stored = read_raw(database_, ids);
    const RestoredRows rows = restore_rows(columns, stored);
    result_.remapped += std::ssize(rows.places);
    result_.unreadable += std::ssize(stored) - std::ssize(rows.places);
    if (rows.places.empty()) return;
    reader_.remap(rows.batch);
    for (const std::size_t place : rows.places) {
      const auto at = std::ranges::lower_bound(ids, stored[place].id) - ids.begin();
      const KnownRecords::Index index = indexes[static_cast<std::size_t>(at)];
      if (task_.records.is_unseen(index) && !was_refused(task_.records.raw(index))) {
        unmade_.push_back(index);
      }
    }
  }

  // What of the raw record was refused may be this very record, whatever key it was refused under.
  bool was_refused(const Fingerprint& raw) {
    const auto entries = task_.quarantine.see(raw, {});
    return std::ranges::any_of(entries, [](const auto& entry) { return !entry.second_of_key; });
  }

  Database& database_;
  StreamTask& task_;
  StreamReader& reader_;
  RemapResult& result_;
  std::vector<std::int64_t> present_;
  std::vector<KnownRecords::Index> unmade_;  // may still be made by a later row
};

}  // namespace

RemapResult remap_stored(Database& database, const SourceConfig& source, StreamTask& task,
                         PluginRegistry& plugins, IdCounters& ids, const StreamReader::Sink& sink) {
  RemapResult result;
  const std::vector<KnownRecords::Stale> all =
      task.records.begin_remapping(present_pipelines(task));
  if (all.empty()) return result;
  try {
    StreamReader reader(task, source, make_transforms(*task.config, plugins), ids,
                        [&](LandingBatch batch) {
                          result.newly_quarantined = batch.counts.newly_quarantined;
                          return sink(std::move(batch));
                        });
    Remapping remapping(database, task, reader, result);
    for (StaleRecords stale = all; !stale.empty();) {
      const auto end = std::ranges::upper_bound(stale, stale.front().pipeline_id, {},
                                                &KnownRecords::Stale::pipeline_id);
      const StaleRecords of_one = stale.first(static_cast<std::size_t>(end - stale.begin()));
      remapping.remap(of_one);
      stale = stale.subspan(of_one.size());
    }
    LandingBatch last;
    last.gone = remapping.gone();
    const std::string stop = reason_to_stop_remapping(
        {task.records.loaded(), last.gone.size(), result.newly_quarantined}, task.limits);
    if (!stop.empty() && !task.accept_changes) {
      result.stop = kWhat + stop;
      return result;
    }
    result.gone = std::ssize(last.gone);
    sink(std::move(last));
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::store) throw;
    result.failure = kWhat + error.what();
  }
  return result;
}

}  // namespace cdh
