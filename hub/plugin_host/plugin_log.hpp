// What a plugin's instance says, on its way into the run's log.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <cdh/plugin.h>

namespace cdh {

// Of a log line, in bytes.
constexpr std::size_t kLongestLogLine = 64 * 1024;

// Does not trust the plugin: a line is cut, its secrets are masked, and what could steer a terminal
// or pretend to be a line of the hub is replaced. Thread-safe.
class PluginLog {
 public:
  // `secrets` as secrets_in() gives them.
  PluginLog(std::string plugin, std::vector<std::string> secrets);

  void write(cdh_log_level level, std::string_view line) const;

  // Masks it in later lines as well.
  void add_secret(std::string_view secret);

 private:
  std::string plugin_;
  mutable std::mutex mutex_;
  std::vector<std::string> secrets_;  // guarded by mutex_
};

}  // namespace cdh
