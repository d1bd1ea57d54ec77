// What a plugin's library says without an instance of it, asked in a child process: no code of the
// library runs in this one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include <cdh/plugin.h>

#include "hub/plugin_host/isolation.hpp"
#include "hub/plugin_host/plugin_description.hpp"

namespace cdh {

// Throws Error(plugin) with what the loader says, or what became of the child, and Error(internal)
// when there can be no child.
PluginDescription describe_isolated(const std::filesystem::path& library,
                                    const Isolation& isolation);

// As cdh_plugin::fingerprint; nothing when the plugin has none of its own.
cdh_status fingerprint_isolated(const std::filesystem::path& library, const Isolation& isolation,
                                const cdh_settings& settings, std::optional<std::uint64_t>& out,
                                cdh_error& error);

}  // namespace cdh
