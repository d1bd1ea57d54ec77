// The streams that a connector offers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <cdh/plugin.h>

#include "hub/plugin_host/batch.hpp"

namespace cdh {

struct StreamInfo {
  std::string name;
  std::string description;
  std::vector<Column> columns;
  std::vector<std::string> key;
  bool incremental = false;
  bool open = false;  // later records may have fields that are not among `columns`
};

// Copies what a plugin filled, built for minor version `abi_minor`, and releases it. Throws
// Error(plugin) when it breaks the contract.
std::vector<StreamInfo> take_catalog(cdh_catalog&& catalog, std::uint32_t abi_minor);

}  // namespace cdh
