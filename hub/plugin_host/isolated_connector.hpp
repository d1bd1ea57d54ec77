// The host's side of a connector in a child process: an implementation of plugin.h's connector
// table whose every call is a message to the child and its answer. What is above the boundary
// cannot tell it from a connector in this process, but that it survives the connector's crash.
#pragma once

#include <filesystem>

#include <cdh/plugin.h>

#include "hub/plugin_host/isolation.hpp"

namespace cdh {

// As cdh_plugin::create_connector. A child that ends, hangs or sends nonsense is reported by the
// call in progress, and by each later one, as CDH_ERROR_INTERNAL.
cdh_status create_isolated_connector(const std::filesystem::path& library,
                                     const Isolation& isolation, const cdh_host& host,
                                     const cdh_settings& settings, cdh_connector& out,
                                     cdh_error& error);

}  // namespace cdh
