#include "hub/plugin_host/plugin_log.hpp"

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

#include "hub/base/text.hpp"

namespace cdh {

namespace {

spdlog::level::level_enum severity_of(cdh_log_level level) {
  if (level == CDH_LOG_WARNING) return spdlog::level::warn;
  return level == CDH_LOG_INFO ? spdlog::level::info : spdlog::level::debug;
}

}  // namespace

PluginLog::PluginLog(std::string plugin, SecretMask secrets)
    : plugin_(std::move(plugin)), secrets_(std::move(secrets)) {}

void PluginLog::write(cdh_log_level level, std::string_view line) const {
  const auto severity = severity_of(level);
  if (!spdlog::should_log(severity)) return;
  // Twice the length, so that a secret across the end is masked whole and then cut.
  std::string text(line.substr(0, 2 * kLongestLogLine));
  text = secrets_.mask(std::move(text));
  text = printable(to_valid_utf8(cut_utf8(text, kLongestLogLine)));
  std::replace(text.begin(), text.end(), '\n', ' ');
  spdlog::log(severity, "plugin {}: {}", plugin_, text);
}

void PluginLog::add_secret(std::string_view secret) { secrets_.add(secret); }

}  // namespace cdh
