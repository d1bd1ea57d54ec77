#include "hub/ingest/quarantine_retry.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/ingest/batch_rows.hpp"
#include "hub/ingest/pipeline.hpp"
#include "hub/ingest/stream_preparation.hpp"
#include "hub/ingest/stream_reader.hpp"
#include "hub/store/record_reader.hpp"

namespace cdh {

namespace {

constexpr std::size_t kRowsPerBatch = 4096;

using Entries = std::span<const QuarantineEntry>;

// One stream's entries, which are all of one pipeline. Adds what becomes of them to `counts`.
class StreamRetry {
 public:
  StreamRetry(Database& database, const SourceConfig& source, StreamTask& task,
              std::vector<Transform> transforms, IdCounters& ids, LandingWriter& writer,
              RetryCounts& counts)
      : database_(database),
        task_(task),
        writer_(writer),
        counts_(counts),
        reader_(task, source, std::move(transforms), ids, [this](LandingBatch batch) {
          write(std::move(batch));
          return true;
        }) {}

  void retry(Entries entries) {
    const std::vector<Column> columns =
        columns_from_json(pipeline_columns(database_, entries.front().pipeline_id));
    while (!entries.empty()) {
      const Entries next = entries.first(std::min(kRowsPerBatch, entries.size()));
      retry(columns, next);
      entries = entries.subspan(next.size());
    }
  }

 private:
  void retry(const std::vector<Column>& columns, Entries entries) {
    std::vector<std::int64_t> ids;
    for (const QuarantineEntry& entry : entries) ids.push_back(entry.id);
    const std::vector<StoredRaw> records = read_quarantined_raw(database_, ids);
    const RestoredRows rows = restore_rows(columns, records);
    counts_.not_tried += std::ssize(entries) - std::ssize(rows.places);
    origins_.clear();
    for (const std::size_t place : rows.places) {
      const auto entry =
          std::ranges::lower_bound(entries, records[place].id, {}, &QuarantineEntry::id);
      const Fingerprint& raw = entry->raw_fingerprint;
      origins_.emplace(std::pair(raw.high, raw.low), &*entry);
    }
    if (!rows.places.empty()) reader_.retry(rows.batch);
  }

  void write(LandingBatch batch) {
    for (const StoredPipeline& pipeline : batch.pipelines) writer_.write(task_.stream_id, pipeline);
    for (const LandedRecord& record : batch.records) writer_.write(task_.stream_id, record);
    for (QuarantinedRecord& record : batch.quarantined) {
      const Fingerprint& raw = record.raw_fingerprint;
      const QuarantineEntry& before = *origins_.at({raw.high, raw.low});
      record.origin = before.origin;
      record.position = before.position;
    }
    writer_.write(task_.stream_id, batch.quarantined);
    writer_.mark_gone(batch.gone);
    writer_.remove_quarantined(batch.no_longer_quarantined);
    writer_.flush();
    const auto landed = std::ssize(batch.records), refused = std::ssize(batch.quarantined);
    const std::int64_t outputs = batch.counts.read + batch.counts.split_off;
    counts_.landed += landed;
    counts_.still_refused += refused;
    counts_.left_out += outputs - outputs_ - landed - refused;
    outputs_ = outputs;
  }

  Database& database_;
  StreamTask& task_;
  LandingWriter& writer_;
  RetryCounts& counts_;
  std::int64_t outputs_ = 0;  // of the batches before
  std::map<std::pair<std::uint64_t, std::uint64_t>, const QuarantineEntry*> origins_;
  StreamReader reader_;
};

class Retry {
 public:
  Retry(Database& database, const HubConfig& config, PluginRegistry& plugins,
        const SourceOffers& offers, std::int64_t run_id)
      : database_(database),
        config_(config),
        plugins_(plugins),
        offers_(offers),
        writer_(database, run_id, config.secrets) {
    ids_.record = largest_id(database, "source_record");
    ids_.quarantine = largest_id(database, "quarantine");
    ids_.pipeline = largest_id(database, "pipeline");
  }

  RetryCounts run(std::vector<QuarantineEntry> entries) {
    std::erase_if(entries, [&](const QuarantineEntry& entry) {
      const bool unread = entry.pipeline_id == kNoPipeline;
      if (unread) ++counts_.not_tried;
      return unread;
    });
    const auto stream_of = [](const QuarantineEntry& entry) {
      return std::tie(entry.source, entry.stream);
    };
    std::ranges::stable_sort(entries, {}, stream_of);
    for_each_group(entries, stream_of, [&](Entries of_stream) { retry_stream(of_stream); });
    return std::move(counts_);
  }

 private:
  // Calls visit with each run of neighbours of which `key` is equal.
  template <typename Key, typename Visit>
  static void for_each_group(Entries entries, Key&& key, Visit&& visit) {
    while (!entries.empty()) {
      const auto end = std::ranges::find_if(entries, [&](const QuarantineEntry& entry) {
        return key(entry) != key(entries.front());
      });
      const auto size = static_cast<std::size_t>(end - entries.begin());
      visit(entries.first(size));
      entries = entries.subspan(size);
    }
  }

  // What keeps a stream from being tried concerns its records alone.
  void retry_stream(Entries entries) {
    std::size_t tried = 0;
    try {
      const auto [source, stream] = find_config(entries.front());
      retry_stream(*source, *stream, entries, tried);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::store) throw;
      counts_.not_tried += static_cast<std::int64_t>(entries.size() - tried);
      const QuarantineEntry& first = entries.front();
      counts_.problems.push_back(
          config_.secrets.mask(first.source + "/" + first.stream + ": " + error.what()));
    }
  }

  std::pair<const SourceConfig*, const StreamConfig*> find_config(
      const QuarantineEntry& entry) const {
    const SourceConfig* source = config_.find_source(entry.source);
    if (source == nullptr) {
      throw Error(ErrorKind::config, "the source is not in hub.yaml any more");
    }
    const auto stream = std::ranges::find(source->streams, entry.stream, &StreamConfig::name);
    if (stream == source->streams.end()) {
      throw Error(ErrorKind::config, "the stream is not in hub.yaml any more");
    }
    return {source, &*stream};
  }

  void retry_stream(const SourceConfig& source, const StreamConfig& config, Entries entries,
                    std::size_t& tried) {
    const SourceOffer& offer = offers_.at(source.name);
    if (offer.failure) throw *offer.failure;
    StreamTask task = known_stream(database_, source, config);
    add_offer(offer.streams, source, plugins_, task);
    task.state = stream_state(database_, task.stream_id);
    task.quarantine = KnownQuarantine::load(database_, task.stream_id);
    // The latest first: what landed in the run of a refused version, or later, is newer.
    std::vector<QuarantineEntry> sorted = one_of_each_row(entries);
    tried += entries.size() - sorted.size();
    const auto group = [](const QuarantineEntry& entry) {
      return std::pair(-rivals_since(entry), entry.pipeline_id);
    };
    std::ranges::stable_sort(sorted, {}, group);
    for_each_group(sorted, group, [&](Entries alike) {
      task.records =
          KnownRecords::load_as_seen(database_, task.stream_id, rivals_since(alike.front()));
      StreamRetry retry(database_, source, task, make_transforms(config, plugins_), ids_, writer_,
                        counts_);
      retry.retry(alike);
      tried += alike.size();
    });
  }

  // A row that was split may have several entries, and is mapped once for all of them. The one with
  // the most rivals stands for it.
  std::vector<QuarantineEntry> one_of_each_row(Entries entries) {
    std::map<Fingerprint, QuarantineEntry> rows;
    for (const QuarantineEntry& entry : entries) {
      const auto [at, is_first] = rows.try_emplace(entry.raw_fingerprint, entry);
      if (!is_first && rivals_since(entry) < rivals_since(at->second)) at->second = entry;
    }
    std::vector<QuarantineEntry> out;
    for (auto& [row, entry] : rows) out.push_back(std::move(entry));
    std::ranges::sort(out, {}, &QuarantineEntry::id);
    return out;
  }

  // The run since which a landed record with the same key goes before the refused one. A second
  // record with one key never replaces the first, however long that has been there.
  static std::int64_t rivals_since(const QuarantineEntry& entry) {
    return entry.reason.ends_with(kFirstIsKept) ? 0 : entry.run_id;
  }

  Database& database_;
  const HubConfig& config_;
  PluginRegistry& plugins_;
  const SourceOffers& offers_;
  LandingWriter writer_;
  IdCounters ids_;
  RetryCounts counts_;
};

}  // namespace

SourceOffers ask_sources(const HubConfig& config, PluginRegistry& plugins,
                         const std::vector<QuarantineEntry>& entries) {
  SourceOffers offers;
  for (const QuarantineEntry& entry : entries) {
    const SourceConfig* source = config.find_source(entry.source);
    const bool is_read = source != nullptr && entry.pipeline_id != kNoPipeline;
    if (!is_read || offers.contains(entry.source)) continue;
    SourceOffer& offer = offers[entry.source];
    try {
      offer.streams = plugins.connect(*source).discover();
    } catch (const Error& failure) {
      offer.failure = failure;
    }
  }
  return offers;
}

RetryCounts retry_quarantined(Database& database, const HubConfig& config, PluginRegistry& plugins,
                              const SourceOffers& offers, std::int64_t run_id,
                              std::vector<QuarantineEntry> entries) {
  return Retry(database, config, plugins, offers, run_id).run(std::move(entries));
}

}  // namespace cdh
