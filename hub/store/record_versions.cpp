#include "hub/store/record_versions.hpp"

#include <array>

#include "hub/store/run_log.hpp"
#include "hub/store/safety_stop.hpp"

namespace cdh {

namespace {

// In hub_state: what this run and those before it replaced is not kept.
constexpr const char* kLastRunForGood = "last_run_for_good";

// Where a run that landed anything stands.
struct LandingColumn {
  const char *table, *name;
};
constexpr std::array<LandingColumn, 5> kLanding = {{{"record_version", "run_id"},
                                                    {"quarantine_version", "replaced_run"},
                                                    {"stream_state_version", "run_id"},
                                                    {"quarantine", "run_id"},
                                                    {"source_record", "first_seen_run"}}};

std::int64_t rows_after(Database& database, const std::string& table, const std::string& column,
                        std::int64_t run_id) {
  return database.number("SELECT COUNT(*) FROM " + table + " WHERE " + column + " > " +
                         std::to_string(run_id));
}

constexpr const char* kQuarantineColumns =
    "stream_id, run_id, source_key, fingerprint_high, fingerprint_low, pipeline_id, reason, field, "
    "origin, position, raw";

// The first version that a run after `last_kept` kept of each record that was there then. They are v.
std::string first_versions(const std::string& last_kept) {
  return " FROM record_version v JOIN source_record r ON r.id = v.record_id "
         "WHERE r.first_seen_run <= " +
         last_kept +
         " AND v.run_id = (SELECT MIN(w.run_id) FROM record_version w "
         "WHERE w.record_id = v.record_id AND w.run_id > " +
         last_kept + ")";
}

// Likewise of the states.
std::string first_states(const std::string& last_kept) {
  return "v.run_id = (SELECT MIN(w.run_id) FROM stream_state_version w "
         "WHERE w.stream_id = v.stream_id AND w.run_id > " +
         last_kept + ")";
}

std::string present_since(const std::string& last_kept) {
  return "gone_run IS NULL AND first_seen_run > " + last_kept;
}

// Entries that were in the quarantine then; each left it once, whatever came after it.
std::string left_since(const std::string& last_kept) {
  return " FROM quarantine_version WHERE replaced_run > " + last_kept +
         " AND run_id <= " + last_kept + " AND stream_id IN (SELECT id FROM stream)";
}

void restore_records(Database& database, const std::string& last_kept, const std::string& run) {
  database.execute(
      "CREATE TEMPORARY TABLE IF NOT EXISTS restored_record (record_id {id}, old_high BIGINT NOT "
      "NULL, old_low BIGINT NOT NULL, old_pipeline BIGINT NOT NULL, old_time BIGINT, old_gone "
      "BIGINT, old_raw {text} NOT NULL, old_mapped {text} NOT NULL);"
      "{empty} restored_record");
  database.execute(
      "INSERT INTO restored_record SELECT v.record_id, v.fingerprint_high, v.fingerprint_low, "
      "v.pipeline_id, v.source_updated_at, v.gone_run, v.raw, v.mapped" +
      first_versions(last_kept));
  database.execute(
      "UPDATE source_record {with restored_record} SET fingerprint_high = old_high, "
      "fingerprint_low = old_low, pipeline_id = old_pipeline, source_updated_at = old_time, "
      "changed_run = " +
      run +
      ", gone_run = old_gone, raw = old_raw, mapped = old_mapped {from restored_record} "
      "WHERE id = record_id;"
      "{empty} restored_record");
}

// One that had none before loses it.
void restore_states(Database& database, const std::string& last_kept) {
  database.execute(
      "DELETE FROM stream_state WHERE stream_id IN (SELECT stream_id FROM stream_state_version "
      "WHERE run_id > " +
      last_kept +
      ");"
      "INSERT INTO stream_state (stream_id, resume_state, run_id, last_count, fields) "
      "SELECT v.stream_id, v.resume_state, v.state_run, v.last_count, v.fields "
      "FROM stream_state_version v "
      "WHERE v.state_run IS NOT NULL AND v.stream_id IN (SELECT id FROM stream) AND " +
      first_states(last_kept));
}

void restore_quarantine(Database& database, const std::string& last_kept) {
  const std::string columns = std::string("id, ") + kQuarantineColumns;
  database.execute("DELETE FROM quarantine WHERE run_id > " + last_kept +
                   ";"
                   "INSERT INTO quarantine (" +
                   columns + ") SELECT " + columns + left_since(last_kept) +
                   ";"
                   "DELETE FROM quarantine_version WHERE replaced_run > " +
                   last_kept);
}

std::vector<std::string> states_to_be_given_back(Database& database, const std::string& last_kept) {
  std::vector<std::string> streams;
  const auto rows = database.query(
      "SELECT s.name, m.name FROM stream_state_version v JOIN stream m ON m.id = v.stream_id "
      "JOIN source s ON s.id = m.source_id LEFT JOIN stream_state t ON t.stream_id = v.stream_id "
      "WHERE COALESCE(t.resume_state, '') <> COALESCE(v.resume_state, '') AND " +
      first_states(last_kept) + " ORDER BY s.name, m.name");
  while (rows->next()) {
    streams.push_back(std::string(rows->text(0)) + "/" + std::string(rows->text(1)));
  }
  return streams;
}

// Whether a run `id` landed anything.
std::string has_landed_sql() {
  std::string landed;
  for (const LandingColumn& column : kLanding) {
    landed += std::string(landed.empty() ? "(" : " OR ") + "id IN (SELECT " + column.name +
              " FROM " + column.table + ")";
  }
  return landed + ")";
}

}  // namespace

void keep_versions(Database& database, std::int64_t run_id, const std::string& condition) {
  const std::string run = std::to_string(run_id);
  database.execute(
      "INSERT INTO record_version (record_id, run_id, fingerprint_high, fingerprint_low, "
      "pipeline_id, source_updated_at, gone_run, raw, mapped) SELECT id, " +
      run +
      ", fingerprint_high, fingerprint_low, pipeline_id, source_updated_at, gone_run, raw, mapped "
      "FROM source_record WHERE changed_run < " +
      run + " AND " + condition);
}

void keep_quarantined(Database& database, std::int64_t run_id, const std::string& condition) {
  const std::string run = std::to_string(run_id), columns = kQuarantineColumns;
  database.execute("INSERT INTO quarantine_version (id, replaced_run, " + columns +
                   ") SELECT id, " + run + ", " + columns + " FROM quarantine WHERE run_id < " +
                   run + " AND " + condition);
}

void keep_stream_state(Database& database, std::int64_t run_id, std::int64_t stream_id) {
  const std::string run = std::to_string(run_id), stream = std::to_string(stream_id);
  const std::string of_run = " WHERE stream_id = " + stream + " AND run_id = " + run;
  if (database.number("SELECT COUNT(*) FROM stream_state_version" + of_run) > 0) return;
  database.execute(
      "INSERT INTO stream_state_version "
      "(stream_id, run_id, resume_state, state_run, last_count, fields) "
      "SELECT m.id, " +
      run +
      ", t.resume_state, t.run_id, t.last_count, t.fields "
      "FROM stream m LEFT JOIN stream_state t ON t.stream_id = m.id WHERE m.id = " +
      stream);
}

void take_back_stream_state(Database& database, std::int64_t run_id, std::int64_t stream_id) {
  const std::string stream = std::to_string(stream_id);
  const std::string kept = "FROM stream_state_version WHERE stream_id = " + stream +
                           " AND run_id = " + std::to_string(run_id);
  if (database.number("SELECT COUNT(*) " + kept) == 0) return;
  database.execute("DELETE FROM stream_state WHERE stream_id = " + stream);
  database.execute(
      "INSERT INTO stream_state (stream_id, resume_state, run_id, last_count, fields) "
      "SELECT stream_id, resume_state, state_run, last_count, fields " +
      kept + " AND state_run IS NOT NULL");
}

void forget_versions(Database& database, std::int64_t run_id) {
  if (run_id <= last_run_for_good(database)) return;
  const std::string up_to = " <= " + std::to_string(run_id);
  for (const char* table : {"record_version", "stream_state_version", "profile_version"}) {
    database.execute("DELETE FROM " + std::string(table) + " WHERE run_id" + up_to);
  }
  database.execute("DELETE FROM quarantine_version WHERE replaced_run" + up_to);
  set_hub_state(database, kLastRunForGood, run_id);
}

std::int64_t last_run_for_good(Database& database) {
  return hub_state(database, kLastRunForGood, 0);
}

bool has_landed(Database& database, std::int64_t last_kept, std::int64_t run_id) {
  return database.number("SELECT COUNT(*) FROM run WHERE id > " + std::to_string(last_kept) +
                         " AND id <= " + std::to_string(run_id) + " AND " + has_landed_sql()) > 0;
}

std::vector<std::string> sources_changed_since(Database& database, std::int64_t run_id) {
  std::vector<std::string> sources;
  const std::string run = std::to_string(run_id);
  const auto rows = database.query(
      "SELECT name FROM source WHERE id IN (SELECT m.source_id FROM stream m JOIN source_record r "
      "ON r.stream_id = m.id WHERE r.first_seen_run > " +
      run + " OR r.id IN (SELECT record_id FROM record_version WHERE run_id > " + run +
      ")) ORDER BY name");
  while (rows->next()) sources.emplace_back(rows->text(0));
  return sources;
}

std::int64_t next_landing_run(Database& database, std::int64_t run_id) {
  return database.number("SELECT MIN(id) FROM run WHERE status IN ('done', 'partial') AND id > " +
                         std::to_string(run_id) + " AND " + has_landed_sql());
}

std::vector<std::int64_t> unpublished_landing_runs(Database& database, std::int64_t run_id) {
  std::vector<std::int64_t> runs;
  const auto rows =
      database.query("SELECT id FROM run WHERE status IN ('died', 'failed', 'stopped') AND id > " +
                     std::to_string(run_id) + " AND " + has_landed_sql() + " ORDER BY id");
  while (rows->next()) runs.push_back(rows->integer(0));
  return runs;
}

GivenBack to_be_given_back(Database& database, std::int64_t last_kept) {
  const std::string kept = std::to_string(last_kept), count = "SELECT COUNT(*)";
  GivenBack given;
  given.restored = database.number(count + first_versions(kept));
  given.withdrawn = database.number(count + " FROM source_record WHERE " + present_since(kept));
  given.refused_before = database.number(count + left_since(kept));
  given.refused_since = rows_after(database, "quarantine", "run_id", last_kept);
  given.read_on = states_to_be_given_back(database, kept);
  return given;
}

GivenBack give_back(Database& database, std::int64_t last_kept, std::int64_t run_id) {
  const std::string kept = std::to_string(last_kept), run = std::to_string(run_id);
  GivenBack given = to_be_given_back(database, last_kept);
  restore_records(database, kept, run);
  restore_states(database, kept);
  restore_quarantine(database, kept);
  database.execute("UPDATE source_record SET gone_run = " + run + ", changed_run = " + run +
                   " WHERE " + present_since(kept));
  for (const char* table : {"record_version", "stream_state_version"}) {
    database.execute("DELETE FROM " + std::string(table) + " WHERE run_id > " + kept);
  }
  for (const StoppedStream& stream : stopped_streams(database)) {
    if (stream.run_id > last_kept) forget_stopped(database, stream.stream_id);
  }
  return given;
}

void remove_withdrawn(Database& database, std::int64_t last_kept) {
  database.execute("DELETE FROM source_record WHERE gone_run IS NOT NULL AND first_seen_run > " +
                   std::to_string(last_kept));
}

}  // namespace cdh
