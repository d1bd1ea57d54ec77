// An item of a stream's `map`, conforming to its shape, as typed settings.
#pragma once

#include "hub/config/faults.hpp"
#include "hub/config/hub_config.hpp"

namespace cdh {

// Adds to `faults` what the shape alone cannot tell: a contact without a source field, a required
// field that is not mapped, an extension named like a field of the model.
EntityMapping bind_entity_mapping(const Setting& item, ConfigFaults& faults);

}  // namespace cdh
