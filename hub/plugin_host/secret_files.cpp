#include "hub/plugin_host/secret_files.hpp"

#include "hub/base/error.hpp"
#include "hub/base/new_file.hpp"
#include "hub/config/references.hpp"

namespace cdh {

namespace {

[[noreturn]] void refuse(ErrorKind kind, std::string_view option, const std::string& why) {
  throw Error(kind,
              "a new secret for the option \"" + std::string(option) + "\" cannot be kept: " + why);
}

// The reader is asked itself: a file that it refuses would stop the next run of all sources.
void require_readable(std::string_view option, std::string_view value, std::string content) {
  const std::string_view wrong = to_referenced_text(content);
  if (!wrong.empty()) {
    refuse(ErrorKind::source, option, "the next run could not read it: " + std::string(wrong));
  }
  if (content != value) {
    refuse(ErrorKind::source, option, "it ends with a carriage return, which reading drops");
  }
}

}  // namespace

SecretFiles::SecretFiles(const Setting& settings, const std::vector<PluginOption>& options) {
  for (const PluginOption& option : options) {
    if (option.secret) secret_options_.insert(option.name);
  }
  for (const auto& [name, setting] : settings.members) {
    if (!setting.file.empty()) paths_.emplace(name, setting.file);
  }
}

void SecretFiles::keep(std::string_view option, std::string_view value) const {
  if (!secret_options_.contains(option)) {
    refuse(ErrorKind::plugin, option, "the plugin does not declare it secret");
  }
  const auto path = paths_.find(option);
  if (path == paths_.end()) {
    refuse(ErrorKind::config, option,
           "write ${file:PATH} there in hub.yaml, with the path of a file that holds the secret "
           "alone");
  }
  const std::string content = std::string(value) + '\n';
  require_readable(option, value, content);
  NewFile file(path->second, NewFile::Mode::owner_only);
  file.write(content);
  file.keep();
}

}  // namespace cdh
