#include "hub/plugin_host/plugin_log.hpp"

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

#include "hub/base/hash.hpp"
#include "hub/base/text.hpp"

namespace cdh {

namespace {

// So many warnings of one instance are remembered.
constexpr std::size_t kMostRemembered = 10'000;

spdlog::level::level_enum severity_of(cdh_log_level level) {
  if (level == CDH_LOG_WARNING) return spdlog::level::warn;
  return level == CDH_LOG_INFO ? spdlog::level::info : spdlog::level::debug;
}

}  // namespace

PluginLog::PluginLog(std::string plugin, SecretMask secrets)
    : plugin_(std::move(plugin)), secrets_(std::move(secrets)) {}

void PluginLog::write(cdh_log_level level, std::string_view line) {
  const auto severity = severity_of(level);
  if (!spdlog::should_log(severity)) return;
  // Twice the length, so that a secret across the end is masked whole and then cut.
  std::string text(line.substr(0, 2 * kLongestLogLine));
  text = secrets_.mask(std::move(text));
  text = printable(to_valid_utf8(cut_utf8(text, kLongestLogLine)));
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (level == CDH_LOG_WARNING && !is_first(text)) return;
  spdlog::log(severity, "plugin {}: {}", plugin_, text);
}

bool PluginLog::is_first(const std::string& warning) {
  const std::lock_guard lock(telling_);
  const std::uint64_t hash = hash64(warning);
  if (told_.size() >= kMostRemembered) return !told_.contains(hash);
  return told_.insert(hash).second;
}

void PluginLog::add_secret(std::string_view secret) { secrets_.add(secret); }

}  // namespace cdh
