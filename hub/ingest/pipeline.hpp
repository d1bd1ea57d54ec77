// The way of one stream's records between connector and landing: its transforms and its mapping.
#pragma once

#include <cstdint>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/plugin_host/plugin_registry.hpp"

namespace cdh {

// Equal for two runs when the same raw record gives the same mapped record in both: the transforms
// with their settings and look-up files, and the mapping.
std::uint64_t pipeline_fingerprint(const SourceConfig& source, const StreamConfig& stream,
                                   PluginRegistry& plugins);

// The stream's transforms, in order. Throws Error(config) naming file and line.
std::vector<Transform> make_transforms(const StreamConfig& stream, PluginRegistry& plugins);

}  // namespace cdh
