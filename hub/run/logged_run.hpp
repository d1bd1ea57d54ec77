// One run in the run log, however it ends: what a consolidation, a steward's act and an
// administrator's have in common. The caller holds the run's lock.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "hub/config/hub_config.hpp"
#include "hub/store/audit.hpp"
#include "hub/store/database.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

// Takes the run's lock. It dies with the connection, so after a failure nothing has to give it back.
// Of a process that was killed the server may not have noticed yet: waits for a few seconds, unless
// the holder is seen to live. Throws Error(conflict) that says who holds it, and what to do when that
// one hangs.
void take_run_lock(Database& database);

// Enters a run of this kind and with this message, and lets `work` do it. `work` ends the entry by
// finish_run, in the transaction that publishes. When it throws, the entry is closed as "failed" with
// the reason, secrets masked, and what was thrown goes on; as Error(conflict) when the lock was lost
// with the connection to the store and somebody else has it now. Then the entry stays as it is, and
// the other one notes it as died.
RunEntry logged_run(Database& database, const HubConfig& config, RunKind kind,
                    const std::string& message, const std::function<void(RunEntry& run)>& work);

// A run that reads no source: `change` alters the landing or nothing, and what follows from it and
// from new decisions is published with it, in one transaction. `act` is noted in it last, for from
// then on others' acts wait. Throws Error(limit) as derive does.
ProfileCounts publish_change(Database& database, const HubConfig& config,
                             const std::string& message,
                             const std::function<void(std::int64_t run_id)>& change,
                             const std::optional<AuditEvent>& act = std::nullopt,
                             bool accept_changes = false);

// Gives the run's lock back after a run that published. A decision that was kept while the lock was
// held, too late for the publication, is published first: who made it was told that it takes effect.
// Beyond a safety limit it waits for the next run that publishes.
void end_runs(Database& database, const HubConfig& config);

}  // namespace cdh
