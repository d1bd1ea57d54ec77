#include "hub/store/landing.hpp"

#include <algorithm>
#include <utility>

#include "hub/store/backend.hpp"
#include "hub/store/record_reader.hpp"
#include "hub/store/record_versions.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

namespace {

// Enough for the statement's own cost to vanish.
constexpr std::size_t kChangesPerStatement = 10'000;
constexpr std::size_t kIdsPerCondition = 1000;

std::int64_t signed_bits(std::uint64_t bits) { return static_cast<std::int64_t>(bits); }

// In hub_state: streams up to this one were there, and may have been removed.
constexpr const char* kLargestStream = "largest_stream";

// The id of the row with this name, or a new row.
std::int64_t find_or_add(Database& database, const std::string& find, const std::string& table,
                         const std::vector<std::string>& columns, std::int64_t parent,
                         std::string_view name) {
  {
    const auto row = database.query_text(find, {std::string(name)});
    if (row->next()) return row->integer(0);
  }
  std::int64_t id = largest_id(database, table) + 1;
  if (table == "stream") id = std::max(id, hub_state(database, kLargestStream, 0) + 1);
  const auto rows = database.bulk_insert(table, columns);
  rows->add(id);
  if (columns.size() == 3) rows->add(parent);
  rows->add(name);
  rows->end_row();
  rows->flush();
  return id;
}

bool is_other_state(Database& database, std::int64_t stream, const StreamState& state) {
  const auto row = database.query(
      "SELECT last_count, resume_state, fields FROM stream_state WHERE stream_id = ?", {stream});
  return !row->next() || row->integer(0) != state.rows || row->text(1) != state.resume_state ||
         row->text(2) != state.fields;
}

}  // namespace

std::int64_t largest_id(Database& database, std::string_view table) {
  return database.number("SELECT MAX(id) FROM " + std::string(table));
}

std::int64_t stream_id(Database& database, std::string_view source, std::string_view stream) {
  const std::int64_t source_id = find_or_add(database, "SELECT id FROM source WHERE name = ?",
                                             "source", {"id", "name"}, 0, source);
  return find_or_add(
      database,
      "SELECT id FROM stream WHERE source_id = " + std::to_string(source_id) + " AND name = ?",
      "stream", {"id", "source_id", "name"}, source_id, stream);
}

void keep_stream_ids_unique(Database& database) {
  const std::int64_t known = hub_state(database, kLargestStream, 0);
  set_hub_state(database, kLargestStream, std::max(known, largest_id(database, "stream")));
}

std::vector<StoredPipeline> pipelines(Database& database, std::int64_t stream) {
  std::vector<StoredPipeline> out;
  const auto rows = database.query(
      "SELECT id, fingerprint, columns FROM pipeline WHERE stream_id = ? ORDER BY id", {stream});
  while (rows->next()) {
    out.push_back({rows->integer(0), static_cast<std::uint64_t>(rows->integer(1)),
                   std::string(rows->text(2))});
  }
  return out;
}

StreamState stream_state(Database& database, std::int64_t stream) {
  const auto row = database.query(
      "SELECT resume_state, last_count, fields FROM stream_state WHERE stream_id = ?", {stream});
  if (!row->next()) return {};
  return {std::string(row->text(0)), row->integer(1), std::string(row->text(2))};
}

KnownFields known_fields(Database& database) {
  KnownFields known;
  const auto rows = database.query(
      "SELECT s.name, m.name, t.fields FROM stream_state t JOIN stream m ON m.id = t.stream_id "
      "JOIN source s ON s.id = m.source_id");
  while (rows->next()) {
    const std::pair name(std::string(rows->text(0)), std::string(rows->text(1)));
    known[name] = rows->text(2);
  }
  return known;
}

LandingWriter::LandingWriter(Database& database, std::int64_t run_id, SecretMask secrets)
    : database_(database),
      run_id_(run_id),
      secrets_(std::move(secrets)),
      records_(database.bulk_insert(
          "source_record",
          {"id", "stream_id", "source_key", "fingerprint_high", "fingerprint_low", "pipeline_id",
           "source_updated_at", "first_seen_run", "changed_run", "raw", "mapped"})),
      quarantine_(database.bulk_insert(
          "quarantine",
          {"id", "stream_id", "run_id", "source_key", "fingerprint_high", "fingerprint_low",
           "pipeline_id", "reason", "field", "origin", "position", "raw"})) {}

LandingWriter::~LandingWriter() = default;

void LandingWriter::write(std::int64_t stream, const StoredPipeline& pipeline) {
  const auto row = database_.bulk_insert("pipeline", {"id", "stream_id", "fingerprint", "columns"});
  row->add(pipeline.id);
  row->add(stream);
  row->add(signed_bits(pipeline.fingerprint));
  row->add(pipeline.columns);
  row->end_row();
  row->flush();
}

void LandingWriter::write(std::int64_t stream, const LandedRecord& record) {
  if (!record.is_new) return change(record);
  records_->add(record.record_id);
  records_->add(stream);
  records_->add(record.source_key);
  records_->add(signed_bits(record.raw_fingerprint.high));
  records_->add(signed_bits(record.raw_fingerprint.low));
  records_->add(record.pipeline_id);
  record.updated_at ? records_->add(*record.updated_at) : records_->add_null();
  records_->add(run_id_);
  records_->add(run_id_);
  records_->add(record.raw);
  records_->add(record.mapped);
  records_->end_row();
}

// New versions are gathered in a table of their own and brought over in one statement: a changed
// pipeline may change every record there is.
void LandingWriter::change(const LandedRecord& record) {
  if (changed_ids_.size() >= kChangesPerStatement) bring_over_changes();
  if (!changed_ids_.insert(record.record_id).second) {
    bring_over_changes();
    changed_ids_.insert(record.record_id);
  }
  if (changes_ == nullptr) {
    database_.execute(
        "CREATE TEMPORARY TABLE IF NOT EXISTS changed_record (record_id BIGINT NOT NULL, new_high "
        "BIGINT NOT NULL, new_low BIGINT NOT NULL, new_pipeline BIGINT NOT NULL, new_time BIGINT, "
        "new_raw {text} NOT NULL, new_mapped {text} NOT NULL);"
        "{empty} changed_record");  // of a transaction that was rolled back
    changes_ = database_.bulk_insert(
        "changed_record",
        {"record_id", "new_high", "new_low", "new_pipeline", "new_time", "new_raw", "new_mapped"});
  }
  changes_->add(record.record_id);
  changes_->add(signed_bits(record.raw_fingerprint.high));
  changes_->add(signed_bits(record.raw_fingerprint.low));
  changes_->add(record.pipeline_id);
  record.updated_at ? changes_->add(*record.updated_at) : changes_->add_null();
  changes_->add(record.raw);
  changes_->add(record.mapped);
  changes_->end_row();
}

void LandingWriter::bring_over_changes() {
  if (changes_ == nullptr) return;
  records_->flush();  // the versions that are replaced may be waiting there
  changes_->flush();
  changes_.reset();
  changed_ids_.clear();
  keep_versions(database_, run_id_, "id IN (SELECT record_id FROM changed_record)");
  database_.execute(
      "UPDATE source_record {with changed_record} SET fingerprint_high = new_high, "
      "fingerprint_low = new_low, pipeline_id = new_pipeline, source_updated_at = new_time, "
      "changed_run = " +
      std::to_string(run_id_) +
      ", gone_run = NULL, raw = new_raw, mapped = new_mapped {from changed_record} "
      "WHERE id = record_id;"
      "{empty} changed_record;");
}

void LandingWriter::write(std::int64_t stream, const QuarantinedRecord& record) {
  if (!record.is_new) remove_quarantined({record.id});
  add(stream, record);
}

void LandingWriter::write(std::int64_t stream, const std::vector<QuarantinedRecord>& records) {
  std::vector<std::int64_t> replaced;
  for (const QuarantinedRecord& record : records) {
    if (!record.is_new) replaced.push_back(record.id);
  }
  remove_quarantined(replaced);
  std::unordered_set<std::int64_t> added;
  for (const QuarantinedRecord& record : records) {
    if (!added.insert(record.id).second) remove_quarantined({record.id});  // a later one
    add(stream, record);
  }
}

void LandingWriter::add(std::int64_t stream, const QuarantinedRecord& record) {
  const std::string reason = secrets_.mask(record.reason);  // read at end_row()
  const std::string origin = secrets_.mask(record.origin);
  const std::string field = secrets_.mask(record.field);
  quarantine_->add(record.id);
  quarantine_->add(stream);
  quarantine_->add(run_id_);
  quarantine_->add_or_null(record.source_key);
  quarantine_->add(signed_bits(record.raw_fingerprint.high));
  quarantine_->add(signed_bits(record.raw_fingerprint.low));
  quarantine_->add(record.pipeline_id);
  quarantine_->add(reason);
  quarantine_->add_or_null(field);
  quarantine_->add_or_null(origin);
  quarantine_->add(record.position);
  quarantine_->add(record.raw);
  quarantine_->end_row();
}

void LandingWriter::mark_gone(const std::vector<GoneRecord>& records) {
  if (records.empty()) return;
  records_->flush();
  bring_over_changes();
  std::vector<std::int64_t> ids;
  for (const GoneRecord& record : records) {
    ids.push_back(record.record_id);
    if (ids.size() < kIdsPerCondition && &record != &records.back()) continue;
    keep_versions(database_, run_id_, "id IN (" + id_list(ids) + ")");
    ids.clear();
  }
  const std::string run = std::to_string(run_id_);
  as_store_error(database_.backend(), "cannot mark records as gone", [&] {
    long long id = 0, deleted_at = 0;
    soci::indicator has_time = soci::i_null;
    soci::statement statement =
        (database_.session().prepare
             << "UPDATE source_record SET gone_run = " + run + ", changed_run = " + run +
                    ", source_updated_at = COALESCE(:deleted_at, source_updated_at) WHERE id = :id",
         soci::use(deleted_at, has_time), soci::use(id));
    for (const GoneRecord& record : records) {
      id = record.record_id;
      deleted_at = record.deleted_at.value_or(0);
      has_time = record.deleted_at ? soci::i_ok : soci::i_null;
      statement.execute(true);
    }
  });
}

void LandingWriter::remove_quarantined(const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return;
  quarantine_->flush();
  for (std::size_t begin = 0; begin < ids.size(); begin += kIdsPerCondition) {
    const std::size_t end = std::min(ids.size(), begin + kIdsPerCondition);
    const std::string are_removed = "id IN (" +
                                    id_list({ids.begin() + static_cast<std::ptrdiff_t>(begin),
                                             ids.begin() + static_cast<std::ptrdiff_t>(end)}) +
                                    ")";
    keep_quarantined(database_, run_id_, are_removed);
    database_.execute("DELETE FROM quarantine WHERE " + are_removed);
  }
}

void LandingWriter::set_stream_state(std::int64_t stream, const StreamState& state) {
  if (is_other_state(database_, stream, state)) keep_stream_state(database_, run_id_, stream);
  as_store_error(database_.backend(), "cannot keep a stream's state", [&] {
    long long id = stream, run = run_id_, records = state.rows.value_or(0);
    std::string text = state.resume_state, fields = state.fields;
    database_.session() << "DELETE FROM stream_state WHERE stream_id = :id", soci::use(id);
    database_.session() << "INSERT INTO stream_state "
                           "(stream_id, resume_state, run_id, last_count, fields) "
                           "VALUES (:id, :state, :run, :records, :fields)",
        soci::use(id), soci::use(text), soci::use(run), soci::use(records), soci::use(fields);
  });
}

void LandingWriter::flush() {
  records_->flush();
  bring_over_changes();
  quarantine_->flush();
}

}  // namespace cdh
