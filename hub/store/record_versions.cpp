#include "hub/store/record_versions.hpp"

#include <algorithm>
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
constexpr std::array<LandingColumn, 4> kLanding = {{{"record_version", "run_id"},
                                                    {"stream_state_version", "run_id"},
                                                    {"quarantine", "run_id"},
                                                    {"source_record", "first_seen_run"}}};

std::int64_t rows_after(Database& database, const std::string& table, const std::string& column,
                        std::int64_t run_id) {
  return database.number("SELECT COUNT(*) FROM " + table + " WHERE " + column + " > " +
                         std::to_string(run_id));
}

// The first version of each record that a later run replaced takes the record's place.
std::int64_t restore_records(Database& database, const std::string& last_kept,
                             const std::string& run) {
  database.execute(
      "CREATE TEMPORARY TABLE IF NOT EXISTS restored_record (id BIGINT NOT NULL, stream_id BIGINT "
      "NOT NULL, source_key {text} NOT NULL, fingerprint_high BIGINT NOT NULL, fingerprint_low "
      "BIGINT NOT NULL, pipeline_id BIGINT NOT NULL, source_updated_at BIGINT, first_seen_run "
      "BIGINT NOT NULL, gone_run BIGINT, raw {text} NOT NULL, mapped {text} NOT NULL);"
      "{empty} restored_record");
  database.execute(
      "INSERT INTO restored_record SELECT r.id, r.stream_id, r.source_key, v.fingerprint_high, "
      "v.fingerprint_low, v.pipeline_id, v.source_updated_at, r.first_seen_run, v.gone_run, v.raw, "
      "v.mapped FROM record_version v JOIN source_record r ON r.id = v.record_id "
      "WHERE v.run_id = (SELECT MIN(w.run_id) FROM record_version w "
      "WHERE w.record_id = v.record_id AND w.run_id > " +
      last_kept + ")");
  const std::int64_t restored = database.number("SELECT COUNT(*) FROM restored_record");
  database.execute(
      "DELETE FROM source_record WHERE id IN (SELECT id FROM restored_record);"
      "INSERT INTO source_record (id, stream_id, source_key, fingerprint_high, fingerprint_low, "
      "pipeline_id, source_updated_at, first_seen_run, changed_run, gone_run, raw, mapped) "
      "SELECT id, stream_id, source_key, fingerprint_high, fingerprint_low, pipeline_id, "
      "source_updated_at, first_seen_run, " +
      run +
      ", gone_run, raw, mapped FROM restored_record;"
      "{empty} restored_record");
  return restored;
}

// Likewise of the states; one that had none before loses it.
std::vector<std::string> restore_states(Database& database, const std::string& last_kept) {
  const std::string first =
      "v.run_id = (SELECT MIN(w.run_id) FROM stream_state_version w "
      "WHERE w.stream_id = v.stream_id AND w.run_id > " +
      last_kept + ")";
  std::vector<std::string> read_on;
  {
    const auto rows = database.query(
        "SELECT s.name, m.name FROM stream_state_version v JOIN stream m ON m.id = v.stream_id "
        "JOIN source s ON s.id = m.source_id LEFT JOIN stream_state t ON t.stream_id = v.stream_id "
        "WHERE COALESCE(t.resume_state, '') <> COALESCE(v.resume_state, '') AND " +
        first + " ORDER BY s.name, m.name");
    while (rows->next()) {
      read_on.push_back(std::string(rows->text(0)) + "/" + std::string(rows->text(1)));
    }
  }
  database.execute(
      "DELETE FROM stream_state WHERE stream_id IN (SELECT stream_id FROM stream_state_version "
      "WHERE run_id > " +
      last_kept +
      ");"
      "INSERT INTO stream_state (stream_id, resume_state, run_id, last_count, fields) "
      "SELECT v.stream_id, v.resume_state, v.state_run, v.last_count, v.fields "
      "FROM stream_state_version v "
      "WHERE v.state_run IS NOT NULL AND v.stream_id IN (SELECT id FROM stream) AND " +
      first);
  return read_on;
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
  const std::string up_to = " WHERE run_id <= " + std::to_string(run_id);
  for (const char* table : {"record_version", "stream_state_version", "profile_version"}) {
    database.execute("DELETE FROM " + std::string(table) + up_to);
  }
  set_hub_state(database, kLastRunForGood, run_id);
}

std::int64_t last_run_for_good(Database& database) {
  return hub_state(database, kLastRunForGood, 0);
}

bool has_landed_since(Database& database, std::int64_t run_id) {
  return std::ranges::any_of(kLanding, [&](const LandingColumn& column) {
    return rows_after(database, column.table, column.name, run_id - 1) > 0;
  });
}

std::int64_t next_landing_run(Database& database, std::int64_t run_id) {
  std::string landed;
  for (const LandingColumn& column : kLanding) {
    landed += std::string(landed.empty() ? "" : " OR ") + "id IN (SELECT " + column.name +
              " FROM " + column.table + ")";
  }
  return database.number("SELECT MIN(id) FROM run WHERE status IN ('done', 'partial') AND id > " +
                         std::to_string(run_id) + " AND (" + landed + ")");
}

GivenBack give_back(Database& database, std::int64_t last_kept, std::int64_t run_id) {
  const std::string kept = std::to_string(last_kept), run = std::to_string(run_id);
  GivenBack given;
  given.restored = restore_records(database, kept, run);
  given.read_on = restore_states(database, kept);
  given.withdrawn = database.number(
      "SELECT COUNT(*) FROM source_record WHERE gone_run IS NULL AND first_seen_run > " + kept);
  database.execute("UPDATE source_record SET gone_run = " + run + ", changed_run = " + run +
                   " WHERE gone_run IS NULL AND first_seen_run > " + kept);
  given.quarantined = rows_after(database, "quarantine", "run_id", last_kept);
  for (const char* table : {"quarantine", "record_version", "stream_state_version"}) {
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
