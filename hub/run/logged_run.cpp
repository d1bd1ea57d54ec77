#include "hub/run/logged_run.hpp"

#include <chrono>
#include <thread>

#include "hub/base/error.hpp"
#include "hub/base/host_name.hpp"
#include "hub/config/secret_mask.hpp"
#include "hub/run/derivation.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/run_lock.hpp"
#include "hub/store/safety_stop.hpp"

namespace cdh {

namespace {

void close_as_failed(Database& database, RunEntry& run, const std::string& reason) {
  run.status = "failed";
  run.message = run.message.empty() ? reason : run.message + ": " + reason;
  run.profiles = {};
  try {
    Transaction transaction(database);
    finish_run(database, run);
    transaction.commit();
  } catch (const Error&) {
    // The store is the failure: what goes on to the caller says so, and the next run notes this one
    // as died.
  }
}

// With a connection that breaks, its lock is free for others. Who has it now counts more than how
// it broke.
void tell_lost_lock(Database& database) {
  std::optional<RunLockHolder> holder;
  try {
    Database other(database.url(), Database::Mode::view);
    holder = last_lock_holder(other);
  } catch (const Error&) {
    return;  // nobody can have it while the server is not there
  }
  if (holder && holder->fence != database.fence()) throw lost_lock(database, *holder);
}

constexpr std::chrono::seconds kWaitForDead{5};
constexpr std::chrono::milliseconds kBetweenLooks{50};

bool lock_when_dead_lets_go(Database& database) {
  const auto until = std::chrono::steady_clock::now() + kWaitForDead;
  for (;;) {
    if (database.try_lock_for_run()) return true;
    const auto holder = last_lock_holder(database);
    const bool may_be_dead = holder && !is_seen_alive(*holder);
    if (!may_be_dead || std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(kBetweenLooks);
  }
}

std::string advice_against(Database& database, const RunLockHolder& holder) {
  if (is_seen_alive(holder)) return "if it hangs, end that process";
  const std::string statement = database.statement_against_holder();
  if (statement.empty()) return "if it hangs, end that process there";
  if (holder.host == host_name()) {
    return "that process is gone, and the server still works at what it began last: wait until it "
           "notices, or end that by " +
           statement;
  }
  return "if that process is not there any more, the server still keeps its connection: end that "
         "by " +
         statement;
}

}  // namespace

void take_run_lock(Database& database) {
  if (lock_when_dead_lets_go(database)) return;
  const auto holder = last_lock_holder(database);
  const std::string who = holder ? " (" + describe(*holder) + ")" : "";
  throw Error(ErrorKind::conflict,
              "a run holds the lock of " + masked_store_url(database.url()) + who +
                  "; it ends with the connection of the process that took it: try again then, see "
                  "`cdh status`" +
                  (holder ? "; " + advice_against(database, *holder) : ""));
}

RunEntry logged_run(Database& database, const HubConfig& config, RunKind kind,
                    const std::string& message, const std::function<void(RunEntry& run)>& work) {
  RunEntry run;
  run.id = begin_run(database, kind);
  run.kind = kind;
  run.message = message;
  try {
    work(run);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::store) tell_lost_lock(database);
    close_as_failed(database, run, config.secrets.mask(error.what()));
    throw;
  } catch (const std::exception& error) {
    close_as_failed(database, run, config.secrets.mask(error.what()));
    throw;
  }
  return run;
}

ProfileCounts publish_change(Database& database, const HubConfig& config,
                             const std::string& message,
                             const std::function<void(std::int64_t run_id)>& change,
                             const std::optional<AuditEvent>& act, bool accept_changes) {
  const RunEntry done = logged_run(database, config, RunKind::act, message, [&](RunEntry& run) {
    Transaction transaction(database);
    change(run.id);
    derive(database, config, run, {.accept_changes = accept_changes});
    run.status = "done";
    finish_run(database, run);
    if (act) add_audit_event(database, *act);
    transaction.commit();
  });
  return done.profiles;
}

void end_runs(Database& database, const HubConfig& config) {
  // A decision is stored before its maker asks for the lock. So it is seen here, before or after
  // the lock is given back, or its maker gets the lock.
  bool may_publish = stopped_streams(database).empty();
  do {
    while (may_publish && has_waiting_decisions(database)) {
      try {
        publish_change(database, config, "decisions made during a run", [](std::int64_t) {});
      } catch (const Error& error) {
        if (error.kind() != ErrorKind::limit) throw;
        may_publish = false;
      }
    }
    database.unlock_for_run();
  } while (may_publish && has_waiting_decisions(database) && database.try_lock_for_run());
}

}  // namespace cdh
