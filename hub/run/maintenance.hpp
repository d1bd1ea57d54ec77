// An administrator's acts on what is landed, outside the nightly run: refused records are tried
// again, a source is removed or renamed. Each holds the run's lock (Error(conflict) when somebody
// else does), happens whole or not at all, and is noted in the audit log under `who`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/ingest/quarantine_retry.hpp"
#include "hub/store/database.hpp"
#include "hub/store/run_log.hpp"
#include "hub/store/source_catalog.hpp"

namespace cdh {

// Tries these entries of the quarantine again, all of them when none is named, and publishes what
// lands. Throws Error(config) for an id that is not there.
struct RetryResult {
  RetryCounts counts;
  ProfileCounts profiles;
};
RetryResult retry_quarantine(Database& database, const HubConfig& config,
                             const std::vector<std::int64_t>& ids, const std::string& who);

// What "erp" or "erp/orders" means: a source or a stream of it. Throws Error(config) with those that
// the store has when this is none of them.
SourcePart require_stored(Database& database, const std::string& name);

// Marks the records of a source or stream as gone and publishes: profiles lose them, and end with
// their last one. The records themselves stay in the store. Throws Error(config) as
// require_stored() does.
struct RemovalResult {
  std::int64_t records = 0;
  ProfileCounts profiles;
};
RemovalResult remove_source(Database& database, const HubConfig& config, const std::string& name,
                            const std::string& who);

// Records, decisions and profiles stay with the source under its new name. Throws Error(config)
// when there is no `from`, when `to` has records of its own or is no name a source can have, and
// while the configuration names `from`: the next run would read it as a new source, and every
// record would be there twice.
void rename_source_as(Database& database, const HubConfig& config, const std::string& from,
                      const std::string& to, const std::string& who);

}  // namespace cdh
