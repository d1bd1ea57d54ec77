// Refused records once more: after the mapping was put right, or a look-up file completed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/config/hub_config.hpp"
#include "hub/plugin_host/plugin_registry.hpp"
#include "hub/store/database.hpp"
#include "hub/store/quarantine.hpp"

namespace cdh {

// What became of the records; each is counted once, save one that a transform splits.
struct RetryCounts {
  std::int64_t landed = 0;
  std::int64_t left_out = 0;       // filtered by a transform, or older than what has landed since
  std::int64_t still_refused = 0;  // stay, with their present reason
  // Stay as they are: refused by their connector, so that only reading them again can help, or of a
  // source that `problems` says something about.
  std::int64_t not_tried = 0;
  std::vector<std::string> problems;
};

// What a source offers now, or why nobody knows.
struct SourceOffer {
  std::vector<StreamInfo> streams;
  std::optional<Error> failure;
};
using SourceOffers = std::map<std::string, SourceOffer, std::less<>>;  // by the source's name

// Connects to the sources of these records and asks them. Without the store: nobody can say how long
// a source takes, and others wait for who writes.
SourceOffers ask_sources(const HubConfig& config, PluginRegistry& plugins,
                         const std::vector<QuarantineEntry>& entries);

// Maps the stored raw records by the streams' present transforms and mappings and lands those that
// pass, within the caller's transaction and as of the run `run_id`. A version whose key has landed
// meanwhile stays in quarantine. `offers`: of ask_sources. Throws Error(store).
RetryCounts retry_quarantined(Database& database, const HubConfig& config, PluginRegistry& plugins,
                              const SourceOffers& offers, std::int64_t run_id,
                              std::vector<QuarantineEntry> entries);

}  // namespace cdh
