// How runs are printed, by `cdh run`, `cdh runs` and `cdh status`.
#pragma once

#include <iosfwd>
#include <optional>
#include <vector>

#include "hub/app/command.hpp"
#include "hub/run/model_training.hpp"
#include "hub/run/run_expectation.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

// One run with its sources and what became of the profiles.
void print_run(std::ostream& out, const RunEntry& run, Format format);

// The same, with what has become of the match model since it was learnt.
void print_status(std::ostream& out, const RunEntry& run, const std::optional<ModelDrift>& drift,
                  Format format);

// One line; as JSON an object, as CSV one row.
void print_verdict(std::ostream& out, const RunVerdict& verdict, Format format);

// A line a run.
void print_runs(std::ostream& out, const std::vector<RunEntry>& runs, Format format);

}  // namespace cdh
