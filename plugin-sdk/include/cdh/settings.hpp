// What a plugin is configured with, and what the host offers it.
// Part of plugin.hpp: include that.
#ifndef CDH_SETTINGS_HPP
#define CDH_SETTINGS_HPP

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cdh/error.hpp>

namespace cdh {

// One declared option, as a constexpr table row. Text must be literals: the host keeps views.
struct Option {
  const char* name;
  cdh_option_type type;
  const char* help;
  const char* default_value = "";
  bool required = false;
  bool secret = false;
  const char* choices = "";  // "a|b|c"
};

// The values of an instance's options, already checked by the host. Views last as long as the
// constructor that receives them.
class Settings {
 public:
  explicit Settings(const cdh_settings& settings) : settings_(settings) {}

  bool has(std::string_view name) const { return find(name) != nullptr; }

  std::string text(std::string_view name, std::string_view fallback = {}) const {
    const cdh_setting* setting = find(name);
    if (setting == nullptr || setting->count == 0) return std::string(fallback);
    return text_of(setting->values[0]);
  }
  std::int64_t integer(std::string_view name, std::int64_t fallback = 0) const {
    const cdh_setting* setting = find(name);
    return setting != nullptr && setting->count > 0 ? setting->values[0].as.integer : fallback;
  }
  bool boolean(std::string_view name, bool fallback = false) const {
    return integer(name, fallback ? 1 : 0) != 0;
  }
  std::vector<std::string> list(std::string_view name) const {
    std::vector<std::string> out;
    if (const cdh_setting* setting = find(name)) {
      for (std::size_t i = 0; i < setting->count; ++i) out.push_back(text_of(setting->values[i]));
    }
    return out;
  }
  std::vector<std::pair<std::string, std::string>> map(std::string_view name) const {
    std::vector<std::pair<std::string, std::string>> out;
    if (const cdh_setting* setting = find(name)) {
      for (std::size_t i = 0; i + 1 < setting->count; i += 2) {
        out.emplace_back(text_of(setting->values[i]), text_of(setting->values[i + 1]));
      }
    }
    return out;
  }

 private:
  static std::string text_of(const cdh_value& value) { return {value.as.text, value.length}; }

  const cdh_setting* find(std::string_view name) const {
    const char* at = reinterpret_cast<const char*>(settings_.settings);
    for (std::size_t i = 0; i < settings_.count; ++i, at += settings_.setting_stride) {
      const auto* setting = reinterpret_cast<const cdh_setting*>(at);
      if (view(setting->name) == name) return setting;
    }
    return nullptr;
  }

  const cdh_settings& settings_;
};

// What the host offers a plugin. Outlives every instance.
class Host {
 public:
  explicit Host(const cdh_host* host) : host_(host) {}

  void info(std::string_view message) const { log(CDH_LOG_INFO, message); }
  void warn(std::string_view message) const { log(CDH_LOG_WARNING, message); }
  void debug(std::string_view message) const { log(CDH_LOG_DEBUG, message); }

  // Keeps a rotated secret durably before it returns. Throws PluginError.
  void keep_secret(std::string_view name, std::string_view value) const {
    cdh_error error{};
    error.size = sizeof error;
    const cdh_status status = host_->keep_secret(host_, borrow(name), borrow(value), &error);
    if (status != CDH_OK) throw PluginError(status, error.message, error.field);
  }

 private:
  void log(cdh_log_level level, std::string_view message) const {
    host_->log(host_, level, borrow(message));
  }
  const cdh_host* host_;
};

}  // namespace cdh

#endif
