// How long the run log is kept.
#pragma once

#include <cstdint>

#include "hub/store/database.hpp"

namespace cdh {

// Takes out of the run log the runs that began before this instant (microseconds since 1970, UTC), with
// their counts by stream, and returns how many. Those that are needed stay, however old: all that can
// be undone and the one before them, the last thirty consolidations, and whatever came after the last
// that ended well. Audit events are no part of the run log. In the caller's transaction.
std::int64_t forget_runs(Database& database, std::int64_t before);

}  // namespace cdh
