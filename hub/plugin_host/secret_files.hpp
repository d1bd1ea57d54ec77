// Where a plugin's rotated secrets go: into the files that hub.yaml takes them from.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/config/setting.hpp"
#include "hub/plugin_host/plugin.hpp"

namespace cdh {

// Of one instance's settings those that are nothing but a ${file:PATH}:
//
//     config: { refresh_token: "${file:secrets/shop.token}" }
class SecretFiles {
 public:
  SecretFiles(const Setting& settings, const std::vector<PluginOption>& options);

  // Replaces the option's file by one of mode 0600 that holds `value`, as the next run reads it; on
  // disk when this returns. Never with the value in the message it throws Error(config) for an
  // option that comes from no file, and when the file cannot be written; Error(source) for a value
  // that the next run would refuse or read as another one; Error(plugin) for an option that is not
  // declared secret.
  void keep(std::string_view option, std::string_view value) const;

 private:
  std::set<std::string, std::less<>> secret_options_;
  std::map<std::string, std::filesystem::path, std::less<>> paths_;
};

}  // namespace cdh
