// Where a plugin's rotated secrets go: into the files that hub.yaml takes them from.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "hub/config/setting.hpp"

namespace cdh {

// Of one instance's settings those that are nothing but a ${file:PATH}:
//
//     config: { refresh_token: "${file:secrets/shop.token}" }
class SecretFiles {
 public:
  explicit SecretFiles(const Setting& settings);

  // Replaces the option's file by one of mode 0600 that holds `value`, as the next run reads it; on
  // disk when this returns. Throws Error(config) for an option that comes from no file, and when
  // the file cannot be written; never with the value in the message.
  void keep(std::string_view option, std::string_view value) const;

 private:
  std::map<std::string, std::filesystem::path, std::less<>> paths_;
};

}  // namespace cdh
