// One run, from reading the sources to the report; and the one place that decides what follows from
// each kind of failure.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/config/hub_config.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

// The exit codes of `cdh run`.
enum class RunExit : int {
  done = 0,
  failed = 1,
  wrong_configuration = 2,
  source_failed = 3,
  locked = 4,
  stopped = 5,  // by a safety limit, before anything was published
  newly_quarantined = 6,
};

struct RunOptions {
  std::vector<std::string> only_sources;  // empty: all
  bool full = false;                      // read from the beginning and derive everything anew
  bool accept_changes = false;            // also beyond the safety limits
  bool dry_run = false;                   // nothing is kept
  std::string who = {};                   // started it, for the audit trail
  std::function<void(std::int64_t run)> begun = {};          // entered in the run log
  std::function<void(const std::string& phase)> phase = {};  // "reading", "matching", "merging"
  std::function<void(std::int64_t records)> progress = {};   // read so far
};

struct RunReport {
  RunEntry run;  // with its sources
  RunExit exit = RunExit::done;
};

// Runs. What stops the whole run is thrown: Error(conflict) when another run holds the lock,
// Error(store) and Error(config); a source that fails is in the report.
RunReport consolidate(const HubConfig& config, const RunOptions& options);

// What a failure that reached the top means for the exit code.
RunExit exit_for(ErrorKind kind);

}  // namespace cdh
