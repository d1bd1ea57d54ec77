// The host's side of a transform in a child process, as isolated_connector.hpp is of a connector. Each
// batch crosses twice.
#pragma once

#include <filesystem>

#include <cdh/plugin.h>

#include "hub/plugin_host/isolation.hpp"

namespace cdh {

// As cdh_plugin::create_transform. A child that ends or sends nonsense is reported by the call in
// progress, and by each later one, as CDH_ERROR_INTERNAL.
cdh_status create_isolated_transform(const std::filesystem::path& library,
                                     const Isolation& isolation, const cdh_host& host,
                                     const cdh_settings& settings, cdh_transform& out,
                                     cdh_error& error);

}  // namespace cdh
