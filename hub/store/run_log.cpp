#include "hub/store/run_log.hpp"

#include <map>

#include "hub/base/time.hpp"
#include "hub/store/backend.hpp"
#include "hub/store/landing.hpp"
#include "hub/store/record_reader.hpp"

namespace cdh {

namespace {

constexpr const char* kRunColumns =
    "SELECT id, started_at, finished_at, status, message, profiles, created, changed, merged, "
    "split, removed, review_items, kind, audit_event, audit_hash FROM run ";

RunKind run_kind(std::string_view name) {
  for (const RunKind kind : {RunKind::dry_run, RunKind::act}) {
    if (name == name_of(kind)) return kind;
  }
  return RunKind::consolidation;
}

RunEntry read_run(const Cursor& row) {
  RunEntry run;
  run.id = row.integer(0);
  run.started_at = row.text(1);
  run.finished_at = row.text(2);
  run.status = row.text(3);
  run.message = row.text(4);
  run.profiles = {row.integer(5), row.integer(6), row.integer(7),
                  row.integer(8), row.integer(9), row.integer(10)};
  run.review_items = row.integer(11);
  run.kind = run_kind(row.text(12));
  run.audit = {row.integer(13), std::string(row.text(14))};
  return run;
}

std::optional<RunEntry> read_run(Database& database, std::int64_t id) {
  const auto rows = database.query(std::string(kRunColumns) + "WHERE id = ?", {id});
  return rows->next() ? std::optional(read_run(*rows)) : std::nullopt;
}

// The table says "running" of a killed run until the next one begins.
void tell_died(Database& database, RunEntry& run) {
  if (run.status != "running" || database.is_locked_for_run()) return;
  if (auto since = read_run(database, run.id)) run = *std::move(since);  // it may just have ended
  if (run.status == "running") run.status = "died";
}

// Of the runs of these numbers and all between, by their run.
std::map<std::int64_t, std::vector<RunSource>> read_sources(Database& database, std::int64_t first,
                                                            std::int64_t last) {
  std::map<std::int64_t, std::vector<RunSource>> sources;
  const auto rows = database.query(
      "SELECT source, stream, status, message, records_read, unchanged, added, changed, gone, "
      "filtered, repeated, quarantined, newly_quarantined, split_off, remapped, run_id "
      "FROM run_source WHERE run_id >= ? AND run_id <= ? ORDER BY run_id, source, stream",
      {first, last});
  while (rows->next()) {
    RunSource source{std::string(rows->text(0)),
                     std::string(rows->text(1)),
                     std::string(rows->text(2)),
                     std::string(rows->text(3)),
                     {}};
    StreamCounts& counts = source.counts;
    counts.read = rows->integer(4);
    counts.unchanged = rows->integer(5);
    counts.added = rows->integer(6);
    counts.changed = rows->integer(7);
    counts.gone = rows->integer(8);
    counts.filtered = rows->integer(9);
    counts.repeated = rows->integer(10);
    counts.quarantined = rows->integer(11);
    counts.newly_quarantined = rows->integer(12);
    counts.split_off = rows->integer(13);
    counts.remapped = rows->integer(14);
    sources[rows->integer(15)].push_back(std::move(source));
  }
  return sources;
}

// The newest first of those that the condition holds for.
std::vector<RunEntry> newest_runs(Database& database, const std::string& condition,
                                  std::size_t most) {
  std::vector<RunEntry> runs;
  {
    const auto rows = database.query(std::string(kRunColumns) + condition +
                                     "ORDER BY id DESC LIMIT " + std::to_string(most));
    while (rows->next()) runs.push_back(read_run(*rows));
  }
  for (RunEntry& run : runs) tell_died(database, run);
  return runs;
}

void write_source(BulkInsert& rows, std::int64_t run_id, const RunSource& source) {
  rows.add(run_id);
  rows.add(source.source);
  rows.add(source.stream);
  rows.add(source.status);
  rows.add_or_null(source.message);
  const StreamCounts& counts = source.counts;
  for (const std::int64_t count :
       {counts.read, counts.unchanged, counts.added, counts.changed, counts.gone, counts.filtered,
        counts.repeated, counts.quarantined, counts.newly_quarantined, counts.split_off,
        counts.remapped}) {
    rows.add(count);
  }
  rows.end_row();
}

}  // namespace

std::span<const NamedCount> named_counts() {
  static constexpr NamedCount kCounts[] = {{"read", &StreamCounts::read},
                                           {"added", &StreamCounts::added},
                                           {"changed", &StreamCounts::changed},
                                           {"unchanged", &StreamCounts::unchanged},
                                           {"gone", &StreamCounts::gone},
                                           {"remapped", &StreamCounts::remapped},
                                           {"filtered", &StreamCounts::filtered},
                                           {"repeated", &StreamCounts::repeated},
                                           {"quarantined", &StreamCounts::quarantined},
                                           {"split_off", &StreamCounts::split_off},
                                           {"newly_quarantined", &StreamCounts::newly_quarantined}};
  return kCounts;
}

std::string_view name_of(RunKind kind) {
  switch (kind) {
    case RunKind::dry_run:
      return "dry run";
    case RunKind::act:
      return "act";
    default:
      return "consolidation";
  }
}

std::int64_t begin_run(Database& database, RunKind kind) {
  Transaction transaction(database);
  database.execute("UPDATE run SET status = 'died' WHERE status = 'running'");
  const std::int64_t id = largest_id(database, "run") + 1;
  const auto row = database.bulk_insert("run", {"id", "started_at", "status", "kind"});
  const std::string now = format_instant(now_micros());
  row->add(id);
  row->add(now);
  row->add("running");
  row->add(name_of(kind));
  row->end_row();
  row->flush();
  transaction.commit();
  return id;
}

void finish_run(Database& database, RunEntry& run) {
  run.audit = audit_head(database);
  as_store_error(database.backend(), "cannot finish the run's entry", [&] {
    const ProfileCounts& p = run.profiles;
    long long id = run.id, profiles = p.total, created = p.created, changed = p.changed,
              merged = p.merged, split = p.split, removed = p.removed, review = run.review_items,
              event = run.audit.id;
    soci::indicator hash_is = run.audit.hash.empty() ? soci::i_null : soci::i_ok;
    const std::string now = format_instant(now_micros());
    database.session() << "UPDATE run SET finished_at = :at, status = :status, message = :message, "
                          "profiles = :profiles, created = :created, changed = :changed, "
                          "merged = :merged, split = :split, removed = :removed, "
                          "review_items = :review, audit_event = :event, audit_hash = :hash "
                          "WHERE id = :id",
        soci::use(now), soci::use(run.status), soci::use(run.message), soci::use(profiles),
        soci::use(created), soci::use(changed), soci::use(merged), soci::use(split),
        soci::use(removed), soci::use(review), soci::use(event), soci::use(run.audit.hash, hash_is),
        soci::use(id);
  });
  const auto rows = database.bulk_insert(
      "run_source", {"run_id", "source", "stream", "status", "message", "records_read", "unchanged",
                     "added", "changed", "gone", "filtered", "repeated", "quarantined",
                     "newly_quarantined", "split_off", "remapped"});
  for (const RunSource& source : run.sources) write_source(*rows, run.id, source);
  rows->flush();
}

std::vector<RunEntry> list_runs(Database& database, std::size_t most) {
  return newest_runs(database, "", most);
}

std::vector<RunEntry> list_consolidations(Database& database, std::size_t most) {
  return newest_runs(database, "WHERE kind = 'consolidation' ", most);
}

std::vector<RunEntry> list_standing(Database& database, std::size_t most) {
  return newest_runs(database, "WHERE kind = 'consolidation' AND status <> 'undone' ", most);
}

std::vector<RunEntry> list_up_to(Database& database, std::int64_t run_id, std::size_t most) {
  std::vector<RunEntry> runs = newest_runs(
      database, "WHERE kind = 'consolidation' AND id <= " + std::to_string(run_id) + " ", most);
  if (runs.empty()) return runs;
  auto sources = read_sources(database, runs.back().id, runs.front().id);
  for (RunEntry& run : runs) run.sources = std::move(sources[run.id]);
  return runs;
}

std::optional<RunEntry> last_done(Database& database) {
  std::vector<RunEntry> runs =
      newest_runs(database, "WHERE kind = 'consolidation' AND status = 'done' ", 1);
  return runs.empty() ? std::nullopt : std::optional(std::move(runs.front()));
}

std::optional<RunEntry> find_run(Database& database, std::int64_t id) {
  std::optional<RunEntry> run = read_run(database, id);
  if (!run) return run;
  tell_died(database, *run);
  run->sources = read_sources(database, id, id)[id];
  return run;
}

std::int64_t published_before(Database& database, std::int64_t run_id) {
  return database.number("SELECT MAX(id) FROM run WHERE status IN ('done', 'partial') AND id < " +
                         std::to_string(run_id));
}

void note_undone(Database& database, const std::vector<std::int64_t>& runs) {
  database.execute("UPDATE run SET status = 'undone' WHERE id IN (" + id_list(runs) + ")");
}

std::int64_t reading_run_before_last(Database& database, std::int64_t count) {
  return database.number(
      "SELECT id FROM run WHERE status IN ('done', 'partial') AND "
      "id IN (SELECT run_id FROM run_source) "
      "ORDER BY id DESC LIMIT 1 OFFSET " +
      std::to_string(count));
}

std::int64_t count_profiles(Database& database) {
  return database.number("SELECT COUNT(*) FROM profile");
}

std::int64_t published_run(Database& database) { return hub_state(database, "published_run", 0); }

std::int64_t hub_state(Database& database, const std::string& name, std::int64_t otherwise) {
  const auto row = database.query_text("SELECT value FROM hub_state WHERE name = ?", {name});
  return row->next() ? row->integer(0) : otherwise;
}

void set_hub_state(Database& database, const std::string& name, std::int64_t value) {
  as_store_error(database.backend(), "cannot keep the hub's state", [&] {
    long long number = value;
    database.session() << "DELETE FROM hub_state WHERE name = :name", soci::use(name);
    database.session() << "INSERT INTO hub_state (name, value) VALUES (:name, :value)",
        soci::use(name), soci::use(number);
  });
}

}  // namespace cdh
