// OpenLineage events of a run (https://openlineage.io, version 2-0-2 of its schema): START, and
// COMPLETE, ABORT or FAIL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hub/config/reporting.hpp"
#include "hub/run/consolidation.hpp"

namespace cdh {

// The events of one run. Each is appended to the file as a line, or posted. One thread at a time.
class LineageEvents {
 public:
  // `now`: microseconds since 1970, UTC. `config` must outlive it.
  LineageEvents(const LineageEventsConfig& config, std::int64_t now);

  // Throw Error(config) when the event cannot be written or sent.
  void start(std::int64_t now);
  // A safety stop is an ABORT. Streams are the inputs, the profiles the output. `run`: as stored;
  // nothing when that cannot be read.
  void end(const std::optional<RunEntry>& run, RunExit exit, std::int64_t now);

 private:
  void send(const std::string& event) const;

  const LineageEventsConfig& config_;
  std::string run_id_;  // a UUID: the run log's numbers are not unique enough for OpenLineage
};

}  // namespace cdh
