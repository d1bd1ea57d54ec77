// A run as a page for people: its counts by stream, and the runs before it.
#pragma once

#include <string>
#include <vector>

#include "hub/store/run_log.hpp"

namespace cdh {

// One HTML document that needs nothing else: no script, nothing from elsewhere, readable on a light
// and on a dark ground. `history`: this run and those before it, with their sources, the newest
// first. The page holds what the run log holds: names of sources and streams, and counts.
std::string run_page(const RunEntry& run, const std::vector<RunEntry>& history);

}  // namespace cdh
