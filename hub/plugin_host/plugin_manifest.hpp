// The manifest beside a plugin's library: cdh-NAME.json beside cdh-NAME.so says what the plugin would
// say of itself, so that it can be listed without running its code. plugin-sdk writes it when it
// builds a plugin; docs/plugins.md says what it holds. Nothing that a run does rests on it.
#pragma once

#include <filesystem>
#include <optional>

#include "hub/plugin_host/plugin_description.hpp"

namespace cdh {

// Nothing when there is none that can be believed: it is not there, not whole, of another format, or
// was written for another library than this. Then only the library itself can tell.
std::optional<PluginDescription> read_manifest(const std::filesystem::path& library);

}  // namespace cdh
