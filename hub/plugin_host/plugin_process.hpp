// The child's side of an isolated plugin: `cdh plugin-host` is this and nothing else.
#pragma once

#include <filesystem>

#include "hub/plugin_host/descriptor.hpp"

namespace cdh {

// Loads the library, says what it is, and serves what the host asks of one instance. Calls into
// the plugin are made by the calling thread; cancel() comes from another. The process ends when
// the host says so or is gone, then within a few seconds even if the plugin hangs.
[[noreturn]] void serve_plugin(const std::filesystem::path& library, Descriptor socket);

}  // namespace cdh
