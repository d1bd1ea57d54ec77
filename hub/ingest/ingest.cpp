#include "hub/ingest/ingest.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/base/time.hpp"
#include "hub/ingest/bounded_queue.hpp"
#include "hub/ingest/remapping.hpp"
#include "hub/ingest/source_reader.hpp"
#include "hub/ingest/stream_preparation.hpp"
#include "hub/store/record_versions.hpp"
#include "hub/store/safety_stop.hpp"

namespace cdh {

namespace {

// Batches that may wait for the writer, each of up to 4096 records.
constexpr std::size_t kQueueLength = 16;
// Records written between two commits.
constexpr std::size_t kRecordsPerCommit = 50'000;
// So long may written records wait for more before they are committed: a steward waits behind them.
constexpr std::chrono::milliseconds kCommitDelay{100};

using Queue = BoundedQueue<LandingBatch>;

void set_status(RunSource& outcome, const char* status, const std::string& message) {
  outcome.status = status;
  outcome.message = message;
}

class Ingest {
 public:
  Ingest(Database& database, const HubConfig& config, PluginRegistry& plugins, std::int64_t run_id,
         const IngestOptions& options)
      : database_(database),
        config_(config),
        plugins_(plugins),
        run_id_(run_id),
        options_(options),
        writer_(database, run_id, config.secrets) {
    ids_.record = largest_id(database, "source_record");
    ids_.quarantine = largest_id(database, "quarantine");
    ids_.pipeline = largest_id(database, "pipeline");
  }

  std::vector<RunSource> run() {
    prepare();
    std::vector<std::thread> threads;
    try {
      start_reading(threads);
      write_all();
    } catch (...) {
      queue_.close();
      for (const auto& source : sources_) source->cancel();
      for (std::thread& thread : threads) thread.join();
      throw;
    }
    for (std::thread& thread : threads) thread.join();
    for (const auto& source : sources_) remap(*source);
    commit();
    return std::move(outcomes_);
  }

 private:
  // --- The main thread, before reading -----------------------------------------------------------

  // Without the sources: nobody can say how long they take.
  void prepare() {
    {
      std::optional<Transaction> transaction;
      if (options_.commit_batches) transaction.emplace(database_);
      // Also of sources that are not read now: references may lead to them.
      for (const SourceConfig& source : config_.sources) {
        for (const StreamConfig& stream : source.streams)
          stream_id(database_, source.name, stream.name);
      }
      if (transaction) transaction->commit();
    }
    for (const SourceConfig& source : config_.sources) {
      const auto& only = options_.only_sources;
      if (!only.empty() && std::find(only.begin(), only.end(), source.name) == only.end()) continue;
      prepare(source);
    }
  }

  void prepare(const SourceConfig& source) {
    std::vector<SourceReader::Stream> streams;
    for (const StreamConfig& stream : source.streams) {
      streams.push_back({outcomes_.size(), prepare(source, stream)});
      outcomes_.push_back({source.name, stream.name, "read", "", {}});
      stream_ids_.push_back(streams.back().task.stream_id);
    }
    sources_.push_back(std::make_unique<SourceReader>(source, std::move(streams), plugins_, ids_));
  }

  StreamTask prepare(const SourceConfig& source, const StreamConfig& config) {
    StreamTask task = known_stream(database_, source, config);
    task.state = stream_state(database_, task.stream_id);
    if (!options_.from_the_beginning) task.resume_state = task.state.resume_state;
    task.now = now_;
    task.accept_changes = options_.accept_changes;
    task.anew = options_.from_the_beginning;
    task.records = KnownRecords::load(database_, task.stream_id);
    task.quarantine = KnownQuarantine::load(database_, task.stream_id);
    return task;
  }

  // Those that started run also when it throws.
  void start_reading(std::vector<std::thread>& threads) {
    if (sources_.empty()) queue_.close();
    threads.reserve(sources_.size());
    reading_ = sources_.size();
    for (const auto& source : sources_) {
      try {
        threads.emplace_back([this, &source] {
          source->read([this](LandingBatch batch) { return queue_.push(std::move(batch)); });
          if (--reading_ == 0) queue_.close();
        });
      } catch (const std::system_error& failure) {
        throw Error(ErrorKind::internal,
                    "cannot start a thread to read source " + source->config().name + ": " +
                        failure.what() + "; each source needs one, see `ulimit -a` and --source");
      }
    }
  }

  // --- The main thread, while the sources are read -----------------------------------------------

  void write_all() {
    while (const std::optional<LandingBatch> batch = next_batch()) {
      RunSource& outcome = outcomes_[batch->stream];
      outcome.counts = batch->counts;
      outcome.message = batch->note;
      if (!batch->failure.empty()) {
        set_status(outcome, "failed", batch->failure);
      } else {
        write(*batch);
        if (!batch->stop.empty()) stop(outcome, stream_ids_[batch->stream], batch->stop);
      }
      if (batch->end || waiting_ >= kRecordsPerCommit) commit();
      report_progress();
    }
    commit();
  }

  // Nothing stays uncommitted while a slow source is waited for.
  std::optional<LandingBatch> next_batch() {
    if (transaction_) {
      if (auto batch = queue_.pop_before(commit_at_)) return batch;
      commit();
    }
    return queue_.pop();
  }

  void write(const LandingBatch& batch) {
    if (batch.is_empty()) return;
    if (options_.commit_batches && !transaction_) {
      transaction_.emplace(database_);
      commit_at_ = std::chrono::steady_clock::now() + kCommitDelay;
    }
    const std::int64_t stream = stream_ids_[batch.stream];
    for (const StoredPipeline& pipeline : batch.pipelines) writer_.write(stream, pipeline);
    for (const LandedRecord& record : batch.records) writer_.write(stream, record);
    writer_.write(stream, batch.quarantined);
    writer_.mark_gone(batch.gone);
    writer_.remove_quarantined(batch.no_longer_quarantined);
    if (batch.end || !batch.resume_state.empty()) {
      writer_.set_stream_state(stream, {batch.resume_state, batch.counts.read, batch.fields});
    }
    if (batch.end) forget_stopped(database_, stream);
    waiting_ += batch.records.size() + batch.quarantined.size() + 1;
  }

  // Until the stream was read whole, nothing of it may be published. The next read begins where this
  // one did, so that a feed delivers again what is to be judged.
  void stop(RunSource& outcome, std::int64_t stream_id, const std::string& reason) {
    take_back_stream_state(database_, run_id_, stream_id);
    note_stopped(database_, stream_id, run_id_);
    set_status(outcome, "stopped", reason);
  }

  void commit() {
    writer_.flush();
    if (transaction_) transaction_->commit();
    transaction_.reset();
    waiting_ = 0;
  }

  // --- The main thread, after reading ------------------------------------------------------------

  void remap(SourceReader& source) {
    for (SourceReader::Stream& stream : source.streams()) {
      RunSource& outcome = outcomes_[stream.index];
      if (outcome.status != "read") continue;
      const RemapResult result = remap(source, stream);
      if (!result.failure.empty()) {
        set_status(outcome, "failed", result.failure);
        continue;
      }
      if (!result.stop.empty()) {
        stop(outcome, stream.task.stream_id, result.stop);
        continue;
      }
      outcome.counts.remapped = result.remapped;
      outcome.counts.gone += result.gone;
      outcome.counts.newly_quarantined += result.newly_quarantined;
      if (result.unreadable > 0) {
        outcome.message +=
            (outcome.message.empty() ? "" : "; ") + std::to_string(result.unreadable) +
            " stored records keep the mapping of before, since their raw form cannot "
            "be mapped anew: read them again with `cdh run --full`";
      }
    }
  }

  // All of it or nothing: with half of it, records would be there under their old and new keys.
  RemapResult remap(SourceReader& source, SourceReader::Stream& stream) {
    commit();
    if (options_.commit_batches) transaction_.emplace(database_);
    Savepoint before(database_);
    RemapResult result = remap_stored(database_, source.config(), stream.task, plugins_, ids_,
                                      [&](LandingBatch batch) {
                                        batch.stream = stream.index;
                                        write(batch);
                                        return true;
                                      });
    writer_.flush();
    result.failure.empty() && result.stop.empty() ? before.release() : before.roll_back();
    commit();
    return result;
  }

  void report_progress() const {
    if (!options_.progress) return;
    std::int64_t read = 0;
    for (const RunSource& outcome : outcomes_) read += outcome.counts.read;
    options_.progress(read);
  }

  Database& database_;
  const HubConfig& config_;
  PluginRegistry& plugins_;
  std::int64_t run_id_;
  const std::int64_t now_ = now_micros();  // for all streams, so that none is ahead of another
  const IngestOptions& options_;
  LandingWriter writer_;
  std::optional<Transaction> transaction_;           // open while something waits for its commit
  std::chrono::steady_clock::time_point commit_at_;  // if nothing more comes before
  std::size_t waiting_ = 0;
  IdCounters ids_;
  Queue queue_{kQueueLength};
  std::atomic<std::size_t> reading_{0};  // sources
  std::vector<RunSource> outcomes_;
  std::vector<std::int64_t> stream_ids_;
  std::vector<std::unique_ptr<SourceReader>> sources_;
};

}  // namespace

void require_sources(const HubConfig& config, const std::vector<std::string>& wanted) {
  std::vector<std::string_view> names;
  for (const SourceConfig& source : config.sources) names.push_back(source.name);
  for (const std::string& name : wanted) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      throw Error(ErrorKind::config,
                  "there is no source \"" + name + "\"" + suggestion(name, names));
    }
  }
}

std::vector<RunSource> ingest(Database& database, const HubConfig& config, PluginRegistry& plugins,
                              std::int64_t run_id, const IngestOptions& options) {
  require_sources(config, options.only_sources);
  return Ingest(database, config, plugins, run_id, options).run();
}

}  // namespace cdh
