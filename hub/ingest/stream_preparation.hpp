// What a stream's reader has to know before it reads: first from the store, then from the source.
#pragma once

#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/ingest/stream_task.hpp"
#include "hub/plugin_host/plugin_registry.hpp"
#include "hub/store/database.hpp"

namespace cdh {

// The task as far as the store knows it, without what it holds of the stream's records: records,
// quarantine, resume state. The stream gets an id if it has none.
StreamTask known_stream(Database& database, const SourceConfig& source, const StreamConfig& config);

// Adds what the connector offers and what the transforms are. Without the store, so that it may be
// done on the source's own thread. Throws Error(config), naming file and line, when the source does
// not offer the stream.
void add_offer(const std::vector<StreamInfo>& offered, const SourceConfig& source,
               PluginRegistry& plugins, StreamTask& task);

}  // namespace cdh
