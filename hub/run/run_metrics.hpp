// The last run's figures for Prometheus.
#pragma once

#include <optional>
#include <string>

#include "hub/store/run_log.hpp"

namespace cdh {

// In Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/), for the
// textfile collector of its node exporter. `last_well`: the last run that ended as "done", which may
// be this one. Counts of profiles are left out of a run that failed: it has none.
std::string run_metrics(const RunEntry& run, const std::optional<RunEntry>& last_well);

}  // namespace cdh
