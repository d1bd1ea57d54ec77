// How plugins are run in child processes of their own, so that a crash of one costs its source and
// not the run.
#pragma once

#include <chrono>
#include <filesystem>

#include "hub/config/secret_mask.hpp"

namespace cdh {

struct Isolation {
  std::filesystem::path program = "/proc/self/exe";  // a cdh: it is run as `cdh plugin-host`
  // No child gets an environment variable whose value is one of them, and they are masked in the
  // plugin's log lines. Those that plugins are handed come to them.
  SecretMask secrets = {};
  // How long a plugin may take to stop once it is asked to. Then its process is killed.
  std::chrono::milliseconds grace = std::chrono::seconds(10);
  // How long its library may take to load and describe itself. Then its process is killed.
  std::chrono::milliseconds load_limit = std::chrono::seconds(30);
};

}  // namespace cdh
