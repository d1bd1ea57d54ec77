// A plugin's library and its one entry: loaded, and checked to be of this boundary. The only user of
// Boost.DLL.
#pragma once

#include <filesystem>

#include <cdh/plugin.h>

#include "hub/plugin_host/plugin_description.hpp"

namespace cdh {

// Whether this host takes plugins of that version: of its own major, from CDH_ABI_OLDEST_MINOR on,
// and none newer than itself.
bool is_supported(BoundaryVersion version);

// Loads the library for the rest of the process. The entry is of a supported version and complete
// but for what newer versions added, which only CDH_COVERS makes readable. Throws Error(plugin)
// with the path and the loader's own reason, or both versions and what to do.
const cdh_plugin& load_entry(const std::filesystem::path& library);

// Of an entry that load_entry returned. Throws Error(plugin) when it makes no sense.
PluginDescription describe(const cdh_plugin& entry, const std::filesystem::path& library);

}  // namespace cdh
