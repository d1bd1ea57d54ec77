// Whether the nightly run happens, for whoever watches over it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hub/config/hub_config.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

struct RunVerdict {
  bool is_met = false;
  std::string message;          // one line: what was found and, where it is wrong, what to do
  std::optional<RunEntry> run;  // the last that ended, without its sources
  std::string reason = {};      // why the store cannot be read, secrets masked; not for others
};

// It is met when the last consolidation that ended did so as "done", at most `within_seconds`
// before `now` (microseconds since 1970, UTC) and not noticeably after it. Acts, dry runs and runs that
// were undone do not count; one that is still going on counts once it has ended.
RunVerdict check_expectation(Database& database, std::int64_t within_seconds, std::int64_t now);

// The same of the hub's store. One that is not there or cannot be read is a verdict, too: nothing else
// tells more surely that no run came.
RunVerdict check_expectation(const HubConfig& config, std::int64_t within_seconds,
                             std::int64_t now);

}  // namespace cdh
