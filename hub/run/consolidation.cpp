#include "hub/run/consolidation.hpp"

#include <algorithm>
#include <optional>

#include "hub/base/error.hpp"
#include "hub/base/time.hpp"
#include "hub/ingest/ingest.hpp"
#include "hub/plugin_host/plugin_registry.hpp"
#include "hub/run/configuration_change.hpp"
#include "hub/run/derivation.hpp"
#include "hub/run/logged_run.hpp"
#include "hub/store/audit.hpp"
#include "hub/store/database.hpp"
#include "hub/store/quarantine.hpp"
#include "hub/store/record_versions.hpp"
#include "hub/store/review_items.hpp"
#include "hub/store/run_retention.hpp"
#include "hub/store/safety_stop.hpp"
#include "hub/store/schema.hpp"

namespace cdh {

namespace {

RunExit judge(const std::vector<RunSource>& sources, std::int64_t untold) {
  const auto any = [&](auto&& condition) {
    return std::any_of(sources.begin(), sources.end(), condition);
  };
  if (any([](const RunSource& source) { return source.status == "failed"; })) {
    return RunExit::source_failed;
  }
  if (untold > 0 ||
      any([](const RunSource& source) { return source.counts.newly_quarantined > 0; })) {
    return RunExit::newly_quarantined;
  }
  return RunExit::done;
}

// A count that does not add up is a defect of ours, and nobody may trust the rest of the report.
void check_counts(const std::vector<RunSource>& sources) {
  for (const RunSource& source : sources) {
    if (source.counts.add_up()) continue;
    throw Error(ErrorKind::internal, "the counts of " + source.source + "/" + source.stream +
                                         " do not add up: " + std::to_string(source.counts.read) +
                                         " read");
  }
}

std::vector<RunSource> read_sources(Database& database, const HubConfig& config,
                                    PluginRegistry& plugins, std::int64_t run_id,
                                    const RunOptions& options) {
  IngestOptions reading;
  reading.only_sources = options.only_sources;
  reading.from_the_beginning = options.full;
  reading.accept_changes = options.accept_changes;
  reading.commit_batches = !options.dry_run;
  reading.progress = options.progress;
  std::vector<RunSource> sources = ingest(database, config, plugins, run_id, reading);
  for (RunSource& source : sources) {
    source.message = config.secrets.mask(std::move(source.message));
  }
  check_counts(sources);
  return sources;
}

// False when a safety limit is crossed: the run's message says which, and what was written is to be
// taken back.
bool publish(Database& database, const HubConfig& config, const RunOptions& options,
             RunEntry& run) {
  DerivationOptions derivation;
  derivation.everything = options.full;
  derivation.accept_changes = options.accept_changes;
  derivation.phase = options.phase;
  std::optional<Database> landing;
  if (!options.dry_run) derivation.landing = &landing.emplace(config.store, Database::Mode::view);
  try {
    if (options.accept_changes) forget_all_stopped(database);
    derive(database, config, run, derivation);
    return true;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::limit) throw;
    run.message = error.what();
    return false;
  }
}

std::string status_of(RunExit exit) {
  switch (exit) {
    case RunExit::stopped:
      return "stopped";
    case RunExit::source_failed:
      return "partial";
    default:
      return "done";
  }
}

void forget_old_runs(Database& database, const HubConfig& config) {
  constexpr std::int64_t kDay_us = 86'400'000'000;
  try {
    Transaction transaction(database);
    forget_runs(database, now_micros() - config.run_log_days * kDay_us);
    transaction.commit();
  } catch (Error& error) {
    error.add_context("the run is done, but old ones cannot be taken out of the run log");
    throw;
  }
}

}  // namespace

RunExit exit_for(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::config:
      return RunExit::wrong_configuration;
    case ErrorKind::limit:
      return RunExit::stopped;
    case ErrorKind::conflict:
      return RunExit::locked;
    default:
      return RunExit::failed;
  }
}

namespace {

// It is empty, or who made it was interrupted between two versions. One that was used is migrated when
// somebody asks for it.
bool has_never_been_used(Database& database) {
  const int version = schema_version(database);
  if (version == 0) return true;
  return version < current_schema_version() && database.number("SELECT COUNT(*) FROM run") == 0;
}

}  // namespace

RunReport consolidate(const HubConfig& config, const RunOptions& options) {
  require_sources(config, options.only_sources);
  Database database(config.store, Database::Mode::create);
  take_run_lock(database);
  if (has_never_been_used(database)) {
    migrate(database);
    take_run_lock(database);
  }
  require_current_schema(database);

  RunReport report;
  bool has_published = false;
  const RunKind kind = options.dry_run ? RunKind::dry_run : RunKind::consolidation;
  report.run = logged_run(database, config, kind, "", [&](RunEntry& run) {
    if (options.begun) options.begun(run.id);
    PluginRegistry plugins(plugin_folders(config.plugins), {.secrets = config.secrets});
    std::optional<Transaction> transaction;
    // Landing commits batch by batch, a dry run never.
    if (options.dry_run) transaction.emplace(database);
    if (!options.dry_run) note_configuration(database, config, plugins, options.who);
    if (options.phase) options.phase("reading");
    run.sources = read_sources(database, config, plugins, run.id, options);
    const std::int64_t untold = count_untold(database, run.id);
    if (untold > 0) {
      run.message = "Earlier runs, which did not end, quarantined " + std::to_string(untold) +
                    (untold == 1 ? " record" : " records") + ", too; see `cdh quarantine list`";
    }

    if (!options.dry_run) transaction.emplace(database);
    const bool published = publish(database, config, options, run);
    report.exit = published ? judge(run.sources, untold) : RunExit::stopped;
    run.status = options.dry_run ? "dry run" : status_of(report.exit);
    if (options.dry_run || !published) transaction.reset();
    if (!published) run.profiles = {.total = count_profiles(database)};
    if (!published) run.review_items = count_review_items(database);
    if (!transaction) transaction.emplace(database);
    finish_run(database, run);
    has_published = published && !options.dry_run;
    if (has_published) {
      forget_versions(database, reading_run_before_last(database, config.undo_runs));
      if (options.accept_changes) {
        add_audit_event(database,
                        {options.who, "run --accept-changes", "run " + std::to_string(run.id)});
      }
    }
    transaction->commit();
  });
  if (has_published) {
    forget_old_runs(database, config);
    end_runs(database, config);
  } else {
    database.unlock_for_run();
  }
  return report;
}

}  // namespace cdh
