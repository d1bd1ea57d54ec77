// Reads all sources, each on its own thread, and lands what they give.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/plugin_host/plugin_registry.hpp"
#include "hub/store/database.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

struct IngestOptions {
  std::vector<std::string> only_sources;  // empty: all
  bool from_the_beginning = false;        // resume states are ignored
  bool accept_changes = false;            // also beyond the limits of the sources
  // False: everything is written in the caller's open transaction, which so keeps other writers out
  // for as long as the sources take.
  bool commit_batches = true;
  // Called from the writing thread, after each batch, with the records read so far in all.
  std::function<void(std::int64_t)> progress;
};

// Throws Error(config), with the nearest name, when one of them is no source of the hub.
void require_sources(const HubConfig& config, const std::vector<std::string>& wanted);

// Returns what became of each stream. A source that fails does not stop the others: its entry says
// so. Throws Error only for what concerns the whole run: the store, or a wrong name in the options.
std::vector<RunSource> ingest(Database& database, const HubConfig& config, PluginRegistry& plugins,
                              std::int64_t run_id, const IngestOptions& options);

}  // namespace cdh
