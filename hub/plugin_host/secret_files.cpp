#include "hub/plugin_host/secret_files.hpp"

#include "hub/base/error.hpp"
#include "hub/base/new_file.hpp"

namespace cdh {

SecretFiles::SecretFiles(const Setting& settings) {
  for (const auto& [name, setting] : settings.members) {
    if (!setting.file.empty()) paths_.emplace(name, setting.file);
  }
}

void SecretFiles::keep(std::string_view option, std::string_view value) const {
  const auto path = paths_.find(option);
  if (path == paths_.end()) {
    throw Error(ErrorKind::config, "a new secret for the option \"" + std::string(option) +
                                       "\" cannot be kept: write ${file:PATH} there in hub.yaml, "
                                       "with the path of a file that holds the secret alone");
  }
  NewFile file(path->second, NewFile::Mode::owner_only);
  file.write(value);
  file.write("\n");
  file.keep();
}

}  // namespace cdh
