// The host's side of a connector in a child process: an implementation of plugin.h's connector
// table whose every call is a message to the child and its answer. What is above the boundary
// cannot tell it from a connector in this process, but that it survives the connector's crash.
//
// A child serves one connector and lives as long. All sending and receiving is done by the thread
// that calls; only cancel() comes from others, and wakes that thread.
#pragma once

#include <filesystem>

#include <cdh/plugin.h>

#include "hub/plugin_host/isolation.hpp"
#include "hub/plugin_host/plugin.hpp"

namespace cdh {

// What the library says about itself when a child loads it. Throws Error(plugin) with what the
// loader says, or what became of the child, and Error(internal) when there can be no child.
PluginDescription describe_isolated(const std::filesystem::path& library,
                                    const Isolation& isolation);

// As cdh_plugin::create_connector. A child that ends, hangs or sends nonsense is reported by the
// call in progress, and by each later one, as CDH_ERROR_INTERNAL.
cdh_status create_isolated_connector(const std::filesystem::path& library,
                                     const Isolation& isolation, const cdh_host& host,
                                     const cdh_settings& settings, cdh_connector& out,
                                     cdh_error& error);

}  // namespace cdh
