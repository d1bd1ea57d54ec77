// Settings on their way to a plugin: checked against its declared options, in the form of the C
// boundary.
#pragma once

#include <deque>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <cdh/plugin.h>

#include "hub/config/setting.hpp"
#include "hub/plugin_host/plugin.hpp"

namespace cdh {

// Owns everything its cdh_settings points to. Neither copied nor moved: the views stay put.
class PluginSettings {
 public:
  // Throws Error(config) that lists every fault, one a line, each with file and line.
  PluginSettings(const std::string& plugin_name, const std::vector<PluginOption>& options,
                 const Setting& given);
  PluginSettings(const PluginSettings&) = delete;
  PluginSettings& operator=(const PluginSettings&) = delete;

  const cdh_settings& c_settings() const { return settings_; }

  // Name and values of every option in force, defaults included, in a form to be hashed. Without
  // secrets: a new token gives no other records.
  std::string canonical_text() const;

 private:
  void add(const PluginOption& option, const Setting& setting);
  void add_default(const PluginOption& option);
  void add_values(const PluginOption& option, const Setting& setting, std::vector<cdh_value>& out);
  cdh_value scalar(const PluginOption& option, const Setting& setting);
  cdh_value keep_text(std::string text);
  void fault(const Setting& at, const std::string& message);

  std::string plugin_name_;
  std::deque<std::string> texts_;
  std::deque<std::vector<cdh_value>> values_;
  std::vector<cdh_setting> list_;
  std::vector<std::string> faults_;
  std::set<std::string, std::less<>> secret_names_;
  cdh_settings settings_{};
};

}  // namespace cdh
