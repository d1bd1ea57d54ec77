// What a stream needs to be told before its records can be mapped.
#pragma once

#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/ingest/stream_task.hpp"
#include "hub/plugin_host/plugin_registry.hpp"
#include "hub/store/database.hpp"

namespace cdh {

// The task without what the store holds of its records: records, quarantine, resume state. Throws
// Error(config), naming file and line, when the source does not offer the stream.
StreamTask prepare_stream(Database& database, const SourceConfig& source,
                          const StreamConfig& config, const std::vector<StreamInfo>& offered,
                          PluginRegistry& plugins);

}  // namespace cdh
