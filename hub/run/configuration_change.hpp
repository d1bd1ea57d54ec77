// What changed of hub.yaml between two runs, for the audit trail: the names of settings, never their
// values.
#pragma once

#include <string>

#include "hub/config/hub_config.hpp"
#include "hub/plugin_host/plugin_registry.hpp"
#include "hub/store/database.hpp"

namespace cdh {

// Adds one audit event by `who` unless each setting, defaults included, is what it was at the last run
// that came here: "configuration", with the fingerprint of all of them and the names of those that
// differ, "+" before a new and "-" before a removed one. A list is one setting. Secrets count as there
// or not there, so a new password is no change. The first run has nothing to compare with, and
// only remembers. In a transaction of its own.
void note_configuration(Database& database, const HubConfig& config, PluginRegistry& plugins,
                        const std::string& who);

}  // namespace cdh
