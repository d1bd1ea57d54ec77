// A run as JSON: what `cdh run --format json` prints and what a report keeps.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "hub/store/run_log.hpp"

namespace cdh {

nlohmann::ordered_json to_json(const RunEntry& run);

}  // namespace cdh
