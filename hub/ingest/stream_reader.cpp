#include "hub/ingest/stream_reader.hpp"

#include <cstring>
#include <utility>

#include <nlohmann/json.hpp>

#include "hub/base/error.hpp"
#include "hub/base/fingerprint_table.hpp"
#include "hub/model/raw_record.hpp"

namespace cdh {

namespace {

constexpr std::size_t kRowsPerBatch = 4096;

// A raw record that was never split into fields is kept as the one value it is.
constexpr std::int64_t kNoPipeline = 0;

std::vector<Value> row_values(const Batch& batch, std::size_t row) {
  std::vector<Value> values;
  values.reserve(batch.column_count());
  for (std::size_t i = 0; i < batch.column_count(); ++i) values.push_back(batch.value(row, i));
  return values;
}

// The given rows alone. Their text still belongs to `batch`.
Batch subset(const Batch& batch, const std::vector<std::size_t>& rows) {
  std::vector<std::vector<Value>> values;
  values.reserve(rows.size());
  for (const std::size_t row : rows) values.push_back(row_values(batch, row));
  return Batch::from_values(batch.columns(), values);
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
    out_.resume_state = batch->resume_state();
    if (!hand_on()) return;
  }
  finish();
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
  FingerprintTable fresh_raw;
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    ++out_.counts.read;
    const RowInfo info = batch.row(row);
    const bool refused = !info.rejection.empty();
    const Fingerprint raw = refused && !info.raw.empty() ? fingerprint(info.raw)
                                                         : fingerprint_row(batch, row, scratch_);
    const KnownRecords::Seen seen =
        refused ? KnownRecords::Seen::no : task_.records.see(raw, pipeline_id_);
    if (seen != KnownRecords::Seen::no) {
      ++(seen == KnownRecords::Seen::unchanged ? out_.counts.unchanged : out_.counts.repeated);
      continue;
    }
    const auto entry = task_.quarantine.see(raw, refused ? kNoPipeline : pipeline_id_);
    const bool may_land = entry && key_is_free(entry->key);
    if (entry) still_delivered(entry->key);
    if (entry && entry->same_pipeline && !may_land) {
      ++out_.counts.quarantined;
    } else if (refused) {
      quarantine(batch, row, raw, {std::string(info.rejection), std::string(info.rejected_field)},
                 "", entry ? entry->id : 0);
    } else if (fresh_raw.insert(raw, static_cast<std::uint32_t>(row)) != row) {
      ++out_.counts.repeated;
    } else {
      fresh.push_back({row, raw, entry ? entry->id : 0});
    }
  }
  if (!fresh.empty()) transform_and_map(batch, fresh);
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
      } else {
        if (++source_row.outputs > 1) ++out_.counts.split_off;
        quarantine(batch, source_row.row, source_row.raw,
                   {std::string(info.rejection), std::string(info.rejected_field)}, "",
                   std::exchange(source_row.quarantine_id, 0));
      }
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
      land(batch, source_row, std::get<MappedRow>(std::move(result)),
           batch.row(source_row.row).deleted);
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
void StreamReader::land(const Batch& batch, const FreshRow& fresh, MappedRow mapped, bool deleted) {
  const Fingerprint key = fingerprint(mapped.source_key);
  const auto known = task_.records.find_key(key);
  if (deleted) {
    ++(known && !known->gone ? out_.counts.changed : out_.counts.repeated);
    if (!known || known->gone) return;
    task_.records.mark_seen(known->index);
    task_.records.mark_gone(known->index);
    out_.gone.push_back(known->record_id);
    return;
  }
  const bool timed = known && mapped.updated_at && known->updated_at;
  if (timed && *mapped.updated_at < *known->updated_at && !known->gone) {
    task_.records.mark_seen(known->index);
    ++out_.counts.repeated;
    return;
  }
  const bool later = timed && *mapped.updated_at > *known->updated_at;
  if (known && known->seen && !later) {
    quarantine(batch, fresh.row, fresh.raw,
               {"another record with the key \"" + mapped.source_key +
                    "\" and other values was read before; the first is kept",
                ""},
               mapped.source_key, fresh.quarantine_id);
    return;
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
  if (!known) {
    ++out_.counts.added;
  } else {
    ++(known->seen ? out_.counts.repeated : out_.counts.changed);
  }
  out_.records.push_back(std::move(record));
}

void StreamReader::quarantine(const Batch& batch, std::size_t row, const Fingerprint& raw,
                              Rejection rejection, std::string source_key,
                              std::int64_t replaced_id) {
  const RowInfo info = batch.row(row);
  const bool unparsed = !info.rejection.empty() && !info.raw.empty();
  QuarantinedRecord record;
  record.is_new = replaced_id == 0;
  record.id = record.is_new ? ++ids_.quarantine : replaced_id;
  record.source_key = std::move(source_key);
  record.raw_fingerprint = raw;
  record.pipeline_id = unparsed ? kNoPipeline : pipeline_id_;
  record.reason = std::move(rejection.reason);
  record.field = std::move(rejection.field);
  record.origin = batch.origin();
  record.position = static_cast<std::int64_t>(info.position);
  if (unparsed) {
    append_raw_json({text_value(info.raw)}, record.raw);
  } else {
    record.raw = raw_json(batch, row);
  }
  std::optional<Fingerprint> key;
  if (!record.source_key.empty()) key = fingerprint(record.source_key);
  still_delivered(key);
  if (!key && record.is_new) ++newly_unreadable_;
  task_.quarantine.put(raw, record.id, record.pipeline_id, key);
  ++out_.counts.quarantined;
  if (record.is_new) ++out_.counts.newly_quarantined;
  out_.quarantined.push_back(std::move(record));
}

// Whether the key's record has not been read this time: another one with that key, refused before
// for its sake, may take its place.
bool StreamReader::key_is_free(const std::optional<Fingerprint>& key) const {
  if (!key) return false;
  const auto known = task_.records.find_key(*key);
  return known && !known->seen;
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
                                       "really is empty now, run `cdh source remove " +
                                       source_.name + "`");
  }
  out_.gone = task_.records.unseen();
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
