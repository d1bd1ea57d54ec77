// What one part of hub.yaml says about another.
#pragma once

#include "hub/config/faults.hpp"
#include "hub/config/hub_config.hpp"

namespace cdh {

// Names used twice (`as`) and names that must exist elsewhere: the streams, sources and entities
// that references point to, and the sources of one_per_source.
void cross_check(const HubConfig& config, ConfigFaults& faults);

}  // namespace cdh
