// The stream of a connector that a configured stream means, and what of it a batch may lack.
#pragma once

#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/plugin_host/plugin.hpp"

namespace cdh {

// The one of the same name. Throws Error(config) that names the nearest one there is.
const StreamInfo& find_stream(const std::vector<StreamInfo>& offered, const StreamConfig& config);

// The offered columns that these lack: a stream of several files has a header for each.
std::vector<Column> absent_columns(const std::vector<Column>& offered,
                                   const std::vector<Column>& columns);

}  // namespace cdh
