#include "hub/config/hub_config.hpp"
#include "hub/config/yaml_writer.hpp"

namespace cdh {

std::string explain(const HubConfig& config) {
  Setting document = config.document;
  for (auto& [section, settings] : document.members) {
    if (section != "hub") continue;
    for (auto& [key, setting] : settings.members) {
      if (key != "store") continue;
      setting.text = config.store_shown;
      setting.secret = false;  // what is shown holds none
    }
  }
  return to_yaml(document);
}

}  // namespace cdh
