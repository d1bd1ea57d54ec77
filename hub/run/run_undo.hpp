// Undoing a run: everything landed becomes what it was before it, and profiles follow.
//
// The newest go first: a run that another one followed can be undone when that one is. Decisions hold,
// and so does the match model. A run that died, failed or was stopped can be undone as well; those
// between the one undone and the last that published go with it.
#pragma once

#include <cstdint>
#include <string>

#include "hub/config/hub_config.hpp"
#include "hub/store/database.hpp"
#include "hub/store/record_versions.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

struct UndoResult {
  GivenBack landed;
  ProfileCounts profiles;
};

// Happens whole or not at all, is a run of its own, and noted in the audit log under `who`. The run
// undone has the status "undone" from then on. Throws Error(config) when there is no such run, when
// it landed nothing, when another one must be undone first, and when it is too long ago; else as
// publish_change() does.
UndoResult undo_run(Database& database, const HubConfig& config, std::int64_t run_id,
                    const std::string& who);

}  // namespace cdh
