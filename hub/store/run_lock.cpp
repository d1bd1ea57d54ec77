#include "hub/store/run_lock.hpp"

#include <cerrno>
#include <csignal>

#include <unistd.h>

#include "hub/base/host_name.hpp"
#include "hub/base/time.hpp"
#include "hub/config/secret_mask.hpp"
#include "hub/store/backend.hpp"

namespace cdh {

namespace {

std::optional<RunLockHolder> read_holder(Database& database, const std::string& lock_clause) {
  const auto row = database.query(
      "SELECT fence, host, process, taken_at FROM run_lock WHERE id = 1" + lock_clause);
  if (!row->next()) return std::nullopt;
  return RunLockHolder{row->integer(0), std::string(row->text(1)), row->integer(2),
                       std::string(row->text(3))};
}

// So that the row stays as it is until the transaction ends. On SQLite a writing transaction is alone.
std::string share_clause(const Database& database) {
  if (database.dialect() == "postgresql") return " FOR SHARE";
  return database.dialect() == "mariadb" ? " LOCK IN SHARE MODE" : "";
}

}  // namespace

std::optional<RunLockHolder> last_lock_holder(Database& database) {
  if (!database.has_table("run_lock")) return std::nullopt;
  return read_holder(database, "");
}

std::string describe(const RunLockHolder& holder) {
  return "process " + std::to_string(holder.process) + " on " + holder.host + ", since " +
         holder.taken_at;
}

bool is_seen_alive(const RunLockHolder& holder) {
  if (holder.host != host_name() || holder.process <= 0) return false;
  return ::kill(static_cast<pid_t>(holder.process), 0) == 0 || errno != ESRCH;
}

Error lost_lock(const Database& database, const RunLockHolder& by) {
  return {
      ErrorKind::conflict,
      "this run has lost the lock of " + masked_store_url(database.url()) + " to " + describe(by) +
          ", so it cannot write any more. What it committed before stays, nothing else of it is "
          "kept, and the other one goes on from there. The lock is lost when the connection to "
          "the server breaks, when a pooler hands that to others, or when the file " +
          "STORE.lock beside an SQLite store is removed"};
}

std::int64_t take_fence(Database& database) {
  if (!database.has_table("run_lock")) return 0;
  return as_store_error(database.backend(), "cannot take the run's lock", [&] {
    Transaction transaction(database);
    const std::string host = host_name(), now = format_instant(now_micros());
    const long long process = ::getpid();
    database.session() << "UPDATE run_lock SET fence = fence + 1, host = :host, "
                          "process = :process, taken_at = :now WHERE id = 1",
        soci::use(host), soci::use(process), soci::use(now);
    const std::int64_t fence = database.number("SELECT fence FROM run_lock WHERE id = 1");
    transaction.commit();
    return fence;
  });
}

void require_fence(Database& database, std::int64_t fence) {
  const auto holder = read_holder(database, share_clause(database));
  if (!holder || holder->fence != fence) {
    throw lost_lock(database, holder.value_or(RunLockHolder{0, "an unknown host", 0, "just now"}));
  }
}

}  // namespace cdh
