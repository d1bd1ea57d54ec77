// Which settings of hub.yaml are secret because a plugin says so.
#pragma once

#include "hub/config/setting.hpp"
#include "hub/plugin_host/plugin_registry.hpp"

namespace cdh {

// Marks in `document` (HubConfig::document) every option that its connector or transform declares
// secret. Of a plugin that does not load nobody knows, so that all its settings are marked.
void mark_secret_options(Setting& document, PluginRegistry& plugins);

}  // namespace cdh
