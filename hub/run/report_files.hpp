// The reports of the runs, as files in a folder.
#pragma once

#include <cstdint>
#include <vector>

#include "hub/config/reporting.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

// Writes run-ID.html and run-ID.json, the same as latest.html and latest.json, each file whole or
// not at all and for its owner and group (mode 0640, less the umask), with messages in the hub's own
// words, and removes the reports of all
// but the newest `keep` runs. The folder is made when it is not there. `history` as run_page has it.
// Throws Error(config) that names the file.
void write_report(const ReportConfig& config, const RunEntry& run,
                  const std::vector<RunEntry>& history);

}  // namespace cdh
