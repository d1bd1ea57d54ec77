// What hub.yaml names outside itself.
#pragma once

#include "hub/config/hub_config.hpp"

namespace cdh {

// Throws Error(config) with a line for each time zone that does not exist, with file, line and the
// nearest that does. Nothing can be read without.
void check_time_zones(const HubConfig& config);

// The same for each plugin folder that is not there. A run goes on without, and fails the sources
// whose plugins it does not find.
void check_plugin_folders(const HubConfig& config);

// The same of the first `ca_file` that is not there: without it the server would be told nothing.
void check_ca_files(const HubConfig& config);

}  // namespace cdh
