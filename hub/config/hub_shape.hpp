// Every option of hub.yaml that the hub itself knows, with its help and default.
#pragma once

#include "hub/config/shape.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

ShapePtr hub_shape();

// The chain's rules by their names in hub.yaml. `pinned` is known and left out: a steward's pin
// wins over every chain.
std::vector<Survivorship> survivorship_chain(const Setting& names);

}  // namespace cdh
