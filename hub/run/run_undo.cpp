#include "hub/run/run_undo.hpp"

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

void require_undoable(Database& database, std::int64_t run_id) {
  const std::optional<RunEntry> run = find_run(database, run_id);
  if (!run) refuse(run_id, "there is none; see `cdh runs`");
  if (run->status == "undone") refuse(run_id, "it is already");
  const std::int64_t last_for_good = last_run_for_good(database);
  if (run_id <= last_for_good) {
    refuse(run_id,
           "what it replaced is not kept any more; hub.undo_runs says for how many runs it is");
  }
  if (const std::int64_t later = next_landing_run(database, run_id); later != 0) {
    refuse(run_id, "run " + std::to_string(later) + " came after it and must be undone before");
  }
  if (!has_landed_since(database, run_id)) {
    refuse(run_id, "it landed nothing; what a steward decided is undone by deciding otherwise");
  }
}

}  // namespace

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
        result.landed = give_back(database, last_kept, run.id);
        derive(database, config, run, {.accept_changes = true});  // it is what was asked for
        remove_withdrawn(database, last_kept);
        note_undone(database, run_id, last_kept);
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
