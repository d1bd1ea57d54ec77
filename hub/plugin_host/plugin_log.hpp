// What a plugin's instance says, on its way into the run's log.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>

#include <cdh/plugin.h>

#include "hub/config/secret_mask.hpp"

namespace cdh {

// Of a log line, in bytes.
constexpr std::size_t kLongestLogLine = 64 * 1024;

// Does not trust the plugin: a line is cut, its secrets are masked, and what could steer a terminal
// or pretend to be a line of the hub is replaced. A source is read more than once in a command, to learn
// its fields and for its records: what its plugin warns of each time is said once. Thread-safe.
class PluginLog {
 public:
  PluginLog(std::string plugin, SecretMask secrets);

  void write(cdh_log_level level, std::string_view line);

  // Masks it in later lines as well, and wherever else this mask is asked.
  void add_secret(std::string_view secret);

 private:
  bool is_first(const std::string& warning);

  std::string plugin_;
  SecretMask secrets_;
  std::mutex telling_;                      // guards the next
  std::unordered_set<std::uint64_t> told_;  // hashes of warnings
};

}  // namespace cdh
