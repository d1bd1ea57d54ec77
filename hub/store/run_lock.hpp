// Who has the run's lock, and the number that keeps out whoever has lost it.
//
// The lock itself (Database::try_lock_for_run) dies with its holder: with the connection to a server,
// with the process on SQLite. A holder may lose it and not know: a pooler hands its connection to
// others, the lock's file is removed, the server drops a connection. So each taking has a number, the
// fence, higher than all before, and a holder that finds another one there cannot commit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hub/base/error.hpp"
#include "hub/store/database.hpp"

namespace cdh {

struct RunLockHolder {
  std::int64_t fence = 0;  // 0: nobody has taken the lock yet
  std::string host;
  std::int64_t process = 0;
  std::string taken_at;  // UTC
};

// Who took it last, which says nothing of whether it is still held; nothing before version 9 of the
// store.
std::optional<RunLockHolder> last_lock_holder(Database& database);

// "process 4711 on db1.example, since 2026-11-22T02:30:00Z"
std::string describe(const RunLockHolder& holder);

// Whether its process is seen to live. False of one on another machine.
bool is_seen_alive(const RunLockHolder& holder);

// What a holder is told when it finds that `by` has the lock now: Error(conflict).
Error lost_lock(const Database& database, const RunLockHolder& by);

// For Database alone: enters this process as holder and returns its fence, 0 before version 9.
std::int64_t take_fence(Database& database);
// Likewise: throws lost_lock() when the fence is another. Within a transaction: nobody can take the
// lock until it ends.
void require_fence(Database& database, std::int64_t fence);

}  // namespace cdh
