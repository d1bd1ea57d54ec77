// What stands in for functions that an instance does not have: its plugin left them out, or is of an
// older minor version and does not know them. So no call site asks for null.
#pragma once

#include <cdh/plugin.h>

namespace cdh {

// The instance with our own size and every function set. What lies beyond its own size is not
// looked at. Throws Error(plugin) when the size does not cover even its private data.
cdh_connector completed(const cdh_connector& connector);
cdh_transform completed(const cdh_transform& transform);

}  // namespace cdh
