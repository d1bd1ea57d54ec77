// The stream of a connector that a configured stream means.
#pragma once

#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/plugin_host/plugin.hpp"

namespace cdh {

// The one of the same name. Throws Error(config) that names the nearest one there is.
const StreamInfo& find_stream(const std::vector<StreamInfo>& offered, const StreamConfig& config);

}  // namespace cdh
