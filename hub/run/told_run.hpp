// A consolidation that tells of itself, as hub.yaml says under `hub`: what a timer starts.
#pragma once

#include <functional>
#include <string>

#include "hub/run/consolidation.hpp"
#include "hub/run/run_expectation.hpp"

namespace cdh {

// consolidate, and then the report, the metrics, the lineage events and the notifications. A dry run
// tells nothing. What cannot be told changes nothing of the run and its exit code: `warn` is given
// one line, secrets masked, and never from another thread. What consolidate throws is told as a
// failure and thrown on.
RunReport told_run(const HubConfig& config, const RunOptions& options,
                   const std::function<void(const std::string& warning)>& warn);

// Writes the metrics and the reports of `run_id` and later runs anew, after it was undone: they tell
// that it was, and how many profiles there are now. Warnings likewise.
void tell_undone(const HubConfig& config, std::int64_t run_id,
                 const std::function<void(const std::string& warning)>& warn);

// Notifies of a run that did not come or did not end well, where `notify` of hub.yaml asks for
// `late`. Warnings likewise.
void tell_late(const HubConfig& config, const RunVerdict& verdict,
               const std::function<void(const std::string& warning)>& warn);

}  // namespace cdh
