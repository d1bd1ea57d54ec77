// How runs are printed, by `cdh run` and `cdh runs`.
#pragma once

#include <iosfwd>
#include <vector>

#include "hub/app/command.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

// One run with its sources and what became of the profiles.
void print_run(std::ostream& out, const RunEntry& run, Format format);

// A line a run.
void print_runs(std::ostream& out, const std::vector<RunEntry>& runs, Format format);

}  // namespace cdh
