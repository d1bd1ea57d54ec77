// From the frozen landing to profiles: matching, merging, publishing. Everything here can be
// computed anew from source records and decisions at any time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "hub/config/hub_config.hpp"
#include "hub/store/database.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

struct DerivationOptions {
  // All profiles, also where nothing changed, and whatever is derived is written anew, whatever the
  // tables hold. Profiles keep their ids; only those that differ count as changed.
  bool everything = false;
  bool accept_changes = false;  // however many profiles change
  // Another connection, which reads the landing while the profiles are written: for a landing that
  // is committed.
  Database* landing = nullptr;
  // Called when a phase begins: "matching", "merging".
  std::function<void(const std::string&)> phase = {};
};

// Whether the profiles were published by other rules of matching or merging than these, so that the
// next derivation merges all of them anew.
bool has_other_rules(Database& database, const HubConfig& config);

// Derives within the caller's transaction, and notes that the landing up to the run is published.
// With nothing changed it writes nothing else. Fills the run's counts of profiles; values that
// identify nobody are told in its message.
//
// Throws Error(limit), and the caller takes back what was written, when a stream is stopped
// (safety_stop.hpp), or when more would change than publication_limit.hpp allows.
void derive(Database& database, const HubConfig& config, RunEntry& run,
            const DerivationOptions& options);

}  // namespace cdh
