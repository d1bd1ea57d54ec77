// The files that the hub itself needs: its configuration, its store, and what its sources read.
#pragma once

#include <filesystem>

#include "hub/config/hub_config.hpp"

namespace cdh {

// A slip of the hand must not cost one of them, nor give the sources what the hub has written. Throws
// Error(config) when the file is one, or would be one of those that a source's pattern names. What a
// source reads is what the path options of its connector and its transforms name; a plugin that is
// not there reads nothing.
void refuse_own_file(const HubConfig& config, const std::filesystem::path& file);

// The same of each file that a run is to write beside the store: metrics and lineage events.
void refuse_own_files_told(const HubConfig& config);

}  // namespace cdh
