#include "hub/ingest/stream_reader.hpp"

#include <algorithm>
#include <cstring>
#include <ranges>
#include <utility>

#include <nlohmann/json.hpp>

#include "hub/base/error.hpp"
#include "hub/model/raw_record.hpp"

namespace cdh {

namespace {

constexpr std::size_t kRowsPerBatch = 4096;

// A stream of fewer records may lose most of them in a night.
constexpr std::size_t kFewRecords = 100;

// A record that its connector refused never came to a mapping. One that was never split into fields
// is kept as the one value it is.
constexpr std::int64_t kNoPipeline = 0;

std::vector<Value> row_values(const Batch& batch, std::size_t row) {
  std::vector<Value> values;
  values.reserve(batch.column_count());
  for (std::size_t i = 0; i < batch.column_count(); ++i) values.push_back(batch.value(row, i));
  return values;
}

// The given rows alone. Their text still belongs to `batch`, which they keep alive.
Batch subset(const Batch& batch, const std::vector<std::size_t>& rows) {
  std::vector<std::vector<Value>> values;
  values.reserve(rows.size());
  for (const std::size_t row : rows) values.push_back(row_values(batch, row));
  return Batch::from_values(batch.columns(), values, batch.owner());
}

}  // namespace

std::string columns_to_json(const std::vector<Column>& columns) {
  nlohmann::json json = nlohmann::json::array();
  for (const Column& column : columns) {
    json.push_back({column.name, static_cast<int>(column.type)});
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<Column> columns_from_json(const std::string& json) {
  std::vector<Column> columns;
  if (json.empty()) return columns;
  for (const auto& item : nlohmann::json::parse(json)) {
    columns.push_back(
        {item.at(0).get<std::string>(), static_cast<ValueType>(item.at(1).get<int>())});
  }
  return columns;
}

Fingerprint fingerprint_row(const Batch& batch, std::size_t row, std::string& scratch) {
  scratch.clear();
  for (std::size_t i = 0; i < batch.column_count(); ++i) {
    const Value value = batch.value(row, i);
    scratch += static_cast<char>(value.type);
    std::int64_t number = value.integer;
    if (value.type == ValueType::real) std::memcpy(&number, &value.real, sizeof number);
    const bool is_text = value.type == ValueType::text || value.type == ValueType::decimal ||
                         value.type == ValueType::bytes || value.type == ValueType::json;
    if (is_text) number = static_cast<std::int64_t>(value.text.size());
    if (value.type > ValueType::null) {
      scratch.append(reinterpret_cast<const char*>(&number), sizeof number);
    }
    if (is_text) scratch.append(value.text);
  }
  if (batch.row(row).deleted) scratch += "deleted";
  return fingerprint(scratch);
}

StreamReader::StreamReader(StreamTask& task, const SourceConfig& source,
                           std::vector<Transform> transforms, IdCounters& ids, Sink sink)
    : task_(task),
      source_(source),
      transforms_(std::move(transforms)),
      ids_(ids),
      sink_(std::move(sink)),
      mapper_(*task.config, source, task.default_key) {}

void StreamReader::read(Connector& connector) {
  connector.start(task_.config->name, task_.mode == ReadMode::incremental ? task_.resume_state : "",
                  kRowsPerBatch);
  while (const std::optional<Batch> batch = connector.read()) {
    process(*batch);
    if (!batch->resume_state().empty()) resume_state_ = batch->resume_state();
    out_.resume_state = batch->resume_state();
    if (!hand_on()) return;
  }
  finish();
  out_.resume_state = resume_state_.empty() ? task_.resume_state : resume_state_;
  hand_on();
}

void StreamReader::retry(const Batch& batch, const std::vector<std::int64_t>& quarantine_ids) {
  retrying_ = true;
  use_columns(batch);
  std::vector<FreshRow> fresh;
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    ++out_.counts.read;
    fresh.push_back({row, fingerprint_row(batch, row, scratch_), quarantine_ids[row], false});
  }
  transform_and_map(batch, fresh);
  hand_on();
}

// A new set of columns is a new pipeline, since the mapping looks at them by name.
void StreamReader::use_columns(const Batch& batch) {
  if (!columns_.empty() && batch.schema_serial() != 0 && batch.schema_serial() == schema_serial_)
    return;
  std::vector<Column> columns = batch.columns();
  schema_serial_ = batch.schema_serial();
  if (columns == columns_) return;
  columns_ = std::move(columns);
  mapped_columns_.clear();
  const std::string json = columns_to_json(columns_);
  for (const StoredPipeline& pipeline : task_.pipelines) {
    if (pipeline.fingerprint == task_.pipeline_fingerprint && pipeline.columns == json) {
      pipeline_id_ = pipeline.id;
      return;
    }
  }
  pipeline_id_ = ++ids_.pipeline;
  out_.pipelines.push_back({pipeline_id_, task_.pipeline_fingerprint, json});
  task_.pipelines.push_back(out_.pipelines.back());
}

void StreamReader::process(const Batch& batch) {
  use_columns(batch);
  std::vector<FreshRow> fresh;
  FingerprintTable fresh_raw;  // the same row twice is one record
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    ++out_.counts.read;
    const RowInfo info = batch.row(row);
    if (!info.rejection.empty()) {
      const Fingerprint raw =
          info.raw.empty() ? fingerprint_row(batch, row, scratch_) : fingerprint(info.raw);
      const auto entries = task_.quarantine.see(raw, kNoPipeline);
      if (!entries.empty() && entries.front().same_pipeline) {
        ++out_.counts.quarantined;
      } else {
        quarantine(batch, row, raw, {std::string(info.rejection), std::string(info.rejected_field)},
                   mapper_.key_by_name(batch, row), entries.empty() ? 0 : entries.front().id);
      }
    } else if (info.deleted) {
      remove(batch, row);
    } else if (const Fingerprint raw = fingerprint_row(batch, row, scratch_); fresh_raw.find(raw)) {
      ++out_.counts.repeated;
    } else if (!is_known(row, raw, fresh)) {
      fresh.push_back({row, raw, 0, false});
      fresh_raw.insert(raw, 0);
    }
  }
  if (!fresh.empty()) transform_and_map(batch, fresh);
}

// Whether every record that comes of the row landed before, or was refused before for a reason that
// still holds; all of it by this pipeline. Otherwise what is there of it joins `fresh`.
bool StreamReader::is_known(std::size_t row, const Fingerprint& raw, std::vector<FreshRow>& fresh) {
  const KnownRecords::Seen seen = task_.records.see(raw, pipeline_id_);
  const std::vector<KnownQuarantine::Entry> entries = task_.quarantine.see(raw, pipeline_id_);
  if (seen == KnownRecords::Seen::no && entries.empty()) return false;
  const bool holds = std::ranges::all_of(entries, [&](const KnownQuarantine::Entry& entry) {
    return entry.same_pipeline && (seen != KnownRecords::Seen::no || !entry.second_of_key);
  });
  if (!holds) {
    for (const auto& entry : entries | std::views::drop(1)) {
      out_.no_longer_quarantined.push_back(entry.id);
    }
    const KnownQuarantine::Entry& first = entries.front();
    fresh.push_back({row, raw, first.id, first.second_of_key && first.same_pipeline});
    return true;
  }
  if (seen == KnownRecords::Seen::unchanged) ++out_.counts.unchanged;
  if (seen == KnownRecords::Seen::repeated) ++out_.counts.repeated;
  for (const KnownQuarantine::Entry& entry : entries) {
    still_delivered(entry.key);
    ++out_.counts.quarantined;
  }
  const auto outputs = std::ssize(entries) + (seen != KnownRecords::Seen::no ? 1 : 0);
  out_.counts.split_off += outputs - 1;
  return true;
}

// A deletion needs no more than the key, so it goes neither through transforms nor the mapping.
void StreamReader::remove(const Batch& batch, std::size_t row) {
  const std::string source_key = mapper_.key_by_name(batch, row);
  if (source_key.empty()) {
    const Fingerprint raw = fingerprint_row(batch, row, scratch_);
    const auto entries = task_.quarantine.see(raw, pipeline_id_);
    if (!entries.empty() && entries.front().same_pipeline) {
      ++out_.counts.quarantined;
      return;
    }
    return quarantine(batch, row, raw, {"a deletion without a key", ""}, "", 0);
  }
  const auto known = task_.records.find_key(fingerprint(source_key));
  ++(known && !known->gone ? out_.counts.changed : out_.counts.repeated);
  if (!known || known->gone) return;
  task_.records.mark_gone(known->index);
  out_.gone.push_back(known->record_id);
}

void StreamReader::transform_and_map(const Batch& batch, std::vector<FreshRow>& fresh) {
  std::vector<std::size_t> rows;
  for (const FreshRow& row : fresh) rows.push_back(row.row);
  Batch current = rows.size() == batch.row_count() ? batch : subset(batch, rows);
  std::vector<std::size_t> origin(fresh.size());  // of each current row, its place in `fresh`
  for (std::size_t i = 0; i < origin.size(); ++i) origin[i] = i;

  for (Transform& transform : transforms_) {
    const Batch out = transform.apply(current);
    std::vector<std::size_t> kept, kept_origin;
    for (std::size_t i = 0; i < out.row_count(); ++i) {
      const RowInfo info = out.row(i);
      FreshRow& source_row = fresh[origin[info.source_row]];
      if (info.rejection.empty()) {
        kept.push_back(i);
        kept_origin.push_back(origin[info.source_row]);
        continue;
      }
      if (++source_row.outputs > 1) ++out_.counts.split_off;
      std::string key = mapper_.key_by_name(out, i);
      if (key.empty()) key = mapper_.key_by_name(batch, source_row.row);
      quarantine(batch, source_row.row, source_row.raw,
                 {std::string(info.rejection), std::string(info.rejected_field)}, std::move(key),
                 std::exchange(source_row.quarantine_id, 0));
    }
    current = kept.size() == out.row_count() ? out : subset(out, kept);
    origin = std::move(kept_origin);
  }

  std::vector<Column> columns = current.columns();
  if (columns != mapped_columns_) {
    mapper_.bind(columns);
    mapped_columns_ = std::move(columns);
  }
  for (std::size_t i = 0; i < current.row_count(); ++i) {
    FreshRow& source_row = fresh[origin[i]];
    if (++source_row.outputs > 1) ++out_.counts.split_off;
    auto result = mapper_.map(current, i);
    if (auto* rejection = std::get_if<Rejection>(&result)) {
      quarantine(batch, source_row.row, source_row.raw, std::move(*rejection),
                 mapper_.key_of(current, i), std::exchange(source_row.quarantine_id, 0));
    } else {
      land(batch, source_row, std::get<MappedRow>(std::move(result)));
      if (source_row.quarantine_id != 0) {
        out_.no_longer_quarantined.push_back(std::exchange(source_row.quarantine_id, 0));
      }
    }
  }
  for (const FreshRow& row : fresh) {
    if (row.outputs > 0) continue;
    ++out_.counts.filtered;
    if (row.quarantine_id != 0) out_.no_longer_quarantined.push_back(row.quarantine_id);
  }
}

// Decides what becomes of a mapped record: new, a new version, an older version, or a second record
// with the same key.
void StreamReader::land(const Batch& batch, FreshRow& fresh, MappedRow mapped) {
  const Fingerprint key = fingerprint(mapped.source_key);
  const auto known = task_.records.find_key(key);
  const bool same_raw = known && known->raw == fresh.raw;
  if (known && known->seen && same_raw && fresh.outputs == 1) {
    ++out_.counts.repeated;
    return;
  }
  // What is mapped anew may get another time: that makes no older version of it.
  const bool timed = known && !same_raw && mapped.updated_at && known->updated_at;
  if (timed && *mapped.updated_at < *known->updated_at && !known->gone) {
    task_.records.mark_seen(known->index);
    ++out_.counts.repeated;
    return;
  }
  const bool later = timed && *mapped.updated_at > *known->updated_at;
  // Of a feed of changes the later arrival counts; a full list has each record once.
  const bool keeps_first = task_.mode == ReadMode::full || retrying_;
  if (known && known->seen && !later && keeps_first) {
    return refuse_second(batch, fresh, mapped.source_key);
  }
  LandedRecord record;
  record.is_new = !known;
  record.record_id = known ? known->record_id : ++ids_.record;
  record.source_key = std::move(mapped.source_key);
  record.raw_fingerprint = fresh.raw;
  record.pipeline_id = pipeline_id_;
  record.updated_at = mapped.updated_at;
  record.raw = raw_json(batch, fresh.row);
  record.mapped = to_json(mapped.record);
  task_.records.put(key, fresh.raw, record.record_id, record.updated_at, pipeline_id_);
  std::erase(out_.gone, record.record_id);  // deleted and delivered again
  if (!known) {
    ++out_.counts.added;
  } else {
    ++(known->seen ? out_.counts.repeated : out_.counts.changed);
  }
  out_.records.push_back(std::move(record));
}

void StreamReader::refuse_second(const Batch& batch, FreshRow& fresh,
                                 const std::string& source_key) {
  if (std::exchange(fresh.second_of_key, false)) {
    fresh.quarantine_id = 0;  // it stands there already, with these very words
    still_delivered(fingerprint(source_key));
    ++out_.counts.quarantined;
    return;
  }
  quarantine(batch, fresh.row, fresh.raw,
             {"another record with the key \"" + source_key + "\" and other values " +
                  std::string(kFirstIsKept),
              ""},
             source_key, std::exchange(fresh.quarantine_id, 0));
}

void StreamReader::quarantine(const Batch& batch, std::size_t row, const Fingerprint& raw,
                              Rejection rejection, std::string source_key,
                              std::int64_t replaced_id) {
  const RowInfo info = batch.row(row);
  const bool refused_by_connector = !info.rejection.empty();
  QuarantinedRecord record;
  record.is_new = replaced_id == 0;
  record.id = record.is_new ? ++ids_.quarantine : replaced_id;
  record.source_key = std::move(source_key);
  record.raw_fingerprint = raw;
  record.pipeline_id = refused_by_connector ? kNoPipeline : pipeline_id_;
  record.reason = std::move(rejection.reason);
  record.field = std::move(rejection.field);
  record.origin = batch.origin();
  record.position = static_cast<std::int64_t>(info.position);
  if (refused_by_connector && !info.raw.empty()) {
    append_raw_json({text_value(info.raw)}, record.raw);
  } else {
    record.raw = raw_json(batch, row);
  }
  std::optional<Fingerprint> key;
  if (!record.source_key.empty()) key = fingerprint(record.source_key);
  still_delivered(key);
  if (!key && record.is_new) ++newly_unreadable_;
  task_.quarantine.put(raw, record.id, record.pipeline_id, key,
                       record.reason.ends_with(kFirstIsKept));
  ++out_.counts.quarantined;
  if (record.is_new) ++out_.counts.newly_quarantined;
  out_.quarantined.push_back(std::move(record));
}

// A refused record is not gone: the version before it stays.
void StreamReader::still_delivered(const std::optional<Fingerprint>& key) {
  if (!key) return;
  if (const auto known = task_.records.find_key(*key)) task_.records.mark_delivered(known->index);
}

void StreamReader::finish() {
  out_.end = true;
  if (task_.mode == ReadMode::incremental) return;
  const std::size_t before = task_.records.present();
  if (out_.counts.read == 0 && before > 0) {
    throw Error(ErrorKind::source, "it delivered no record, though " + std::to_string(before) +
                                       " were there before; none of them was marked as gone. If it "
                                       "really is empty now, run `cdh source remove --force " +
                                       source_.name + "`");
  }
  out_.gone = task_.records.unseen();
  if (!task_.accept_losses && before >= kFewRecords && out_.gone.size() > before / 2) {
    throw Error(ErrorKind::source,
                std::to_string(out_.gone.size()) + " of " + std::to_string(before) +
                    " records are not delivered any more, which looks like a file cut off; none of "
                    "them was marked as gone. If it is right, run `cdh run --accept-changes`");
  }
  // What could not be read may be what seems to be gone: a cut-off file, a ragged row.
  if (newly_unreadable_ > 0 && !out_.gone.empty()) {
    out_.note = std::to_string(out_.gone.size()) + " records were not delivered any more, but " +
                std::to_string(newly_unreadable_) +
                " rows could not be read; nothing is marked as gone before the next run";
    out_.gone.clear();
  }
  out_.counts.gone = static_cast<std::int64_t>(out_.gone.size());
  for (const std::int64_t id : task_.quarantine.unseen()) out_.no_longer_quarantined.push_back(id);
}

std::string StreamReader::raw_json(const Batch& batch, std::size_t row) const {
  std::string json;
  append_raw_json(row_values(batch, row), json);
  return json;
}

bool StreamReader::hand_on() {
  LandingBatch next;
  next.stream = out_.stream;
  next.counts = out_.counts;
  return sink_(std::exchange(out_, std::move(next)));
}

}  // namespace cdh
