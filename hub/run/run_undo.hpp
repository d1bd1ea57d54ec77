// Undoing a run: everything landed becomes what it was before it, and profiles follow.
//
// The newest go first: a run that another one followed can be undone when that one is. Decisions hold,
// and so does the match model. A run that died, failed or was stopped can be undone as well; those
// between the one undone and the last that published go with it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/store/database.hpp"
#include "hub/store/record_versions.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

// What undoing a run would do, for whoever is asked.
struct UndoPlan {
  GivenBack landed;
  std::vector<std::int64_t> runs;  // undone by it: the run, and those that go with it
  // Profiles would be other than before the run although the records are the same, since hub.yaml is
  // not what it was:
  std::vector<std::string>
      unknown_sources;        // whose records it concerns, and hub.yaml does not name
  bool rules_differ = false;  // of matching or merging, trust included
};

// Changes nothing, and takes no lock. Throws Error(config) when there is no such run, when it landed
// nothing, when another one must be undone first, and when what it replaced is not kept.
UndoPlan plan_undo(Database& database, const HubConfig& config, std::int64_t run_id);

struct UndoResult {
  GivenBack landed;
  ProfileCounts profiles;
};

// Happens whole or not at all, is a run of its own, and noted in the audit log under `who`. The run
// undone has the status "undone" from then on. Throws as plan_undo() and publish_change() do.
UndoResult undo_run(Database& database, const HubConfig& config, std::int64_t run_id,
                    const std::string& who);

}  // namespace cdh
