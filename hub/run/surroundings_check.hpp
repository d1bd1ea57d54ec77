// What hub.yaml names outside itself.
#pragma once

#include "hub/config/hub_config.hpp"

namespace cdh {

// Throws Error(config) with a line for each time zone that does not exist, with the nearest that
// does, and each plugin folder that is not there; each with file and line.
void check_surroundings(const HubConfig& config);

}  // namespace cdh
