#include "hub/run/run_undo.hpp"

#include <algorithm>
#include <optional>

#include "hub/base/error.hpp"
#include "hub/run/derivation.hpp"
#include "hub/run/logged_run.hpp"
#include "hub/store/audit.hpp"
#include "hub/store/schema.hpp"

namespace cdh {

namespace {

[[noreturn]] void refuse(std::int64_t run_id, const std::string& why) {
  throw Error(ErrorKind::config, "run " + std::to_string(run_id) + " cannot be undone: " + why);
}

std::string why_nothing_landed(const RunEntry& run) {
  if (run.kind == RunKind::dry_run) return "it was a dry run, of which nothing is kept";
  if (run.message.starts_with("runs undo")) {
    return "it undid another one; the next `cdh run` reads what that one had read";
  }
  if (run.kind == RunKind::act) {
    return "it landed nothing; what a steward decided is undone by deciding otherwise";
  }
  if (run.status == "done" || run.status == "partial") {
    return "no record, no state of a stream and nothing in quarantine has changed with it";
  }
  return "it landed nothing before it ended as \"" + run.status + "\"";
}

void require_undoable(Database& database, std::int64_t run_id) {
  const std::optional<RunEntry> run = find_run(database, run_id);
  if (!run) refuse(run_id, "there is none; see `cdh runs`");
  if (run->status == "undone") refuse(run_id, "it is already");
  if (run->status == "running") refuse(run_id, "it has not ended yet");
  if (run_id <= last_run_for_good(database)) {
    refuse(run_id, "what it replaced is " + std::string(kNotKept));
  }
  if (const std::int64_t later = next_landing_run(database, run_id); later != 0) {
    refuse(run_id, "run " + std::to_string(later) + " came after it and must be undone before");
  }
  const bool has_kept = run->kind != RunKind::dry_run;
  if (!has_kept || !has_landed(database, published_before(database, run_id), run_id)) {
    refuse(run_id, why_nothing_landed(*run));
  }
}

std::vector<std::int64_t> runs_undone_with(Database& database, std::int64_t run_id,
                                           std::int64_t last_kept) {
  std::vector<std::int64_t> runs = unpublished_landing_runs(database, last_kept);
  if (std::ranges::find(runs, run_id) == runs.end()) runs.push_back(run_id);
  std::ranges::sort(runs);
  return runs;
}

}  // namespace

UndoPlan plan_undo(Database& database, const HubConfig& config, std::int64_t run_id) {
  require_current_schema(database);
  require_undoable(database, run_id);
  const std::int64_t last_kept = published_before(database, run_id);
  UndoPlan plan;
  plan.landed = to_be_given_back(database, last_kept);
  plan.runs = runs_undone_with(database, run_id, last_kept);
  for (std::string& source : sources_changed_since(database, last_kept)) {
    if (config.find_source(source) == nullptr) plan.unknown_sources.push_back(std::move(source));
  }
  plan.rules_differ = has_other_rules(database, config);
  return plan;
}

UndoResult undo_run(Database& database, const HubConfig& config, std::int64_t run_id,
                    const std::string& who) {
  take_run_lock(database);
  require_current_schema(database);
  require_undoable(database, run_id);
  const std::int64_t last_kept = published_before(database, run_id);
  const std::string act = "runs undo", subject = std::to_string(run_id);
  UndoResult result;
  const RunEntry done =
      logged_run(database, config, RunKind::act, act + " " + subject, [&](RunEntry& run) {
        Transaction transaction(database);
        note_undone(database, runs_undone_with(database, run_id, last_kept));
        result.landed = give_back(database, last_kept, run.id);
        derive(database, config, run, {.accept_changes = true});  // it is what was asked for
        remove_withdrawn(database, last_kept);
        run.status = "done";
        finish_run(database, run);
        add_audit_event(database, {who, act, subject});
        transaction.commit();
      });
  result.profiles = done.profiles;
  end_runs(database, config);
  return result;
}

}  // namespace cdh
