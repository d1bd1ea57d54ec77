// hub.yaml for whoever works with the store and with no source.
#pragma once

#include <filesystem>

#include "hub/config/hub_config.hpp"

namespace cdh {

// Like load_hub_config, but of all references only those of `hub: store` must lead somewhere: a
// steward need not be able to read what the run reads. What another one stands in is an empty text
// where it cannot be resolved. So the result is for commands that speak to no source and tell nobody.
HubConfig load_store_config(const std::filesystem::path& file);

}  // namespace cdh
