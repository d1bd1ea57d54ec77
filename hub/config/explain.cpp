#include "hub/config/http_url.hpp"
#include "hub/config/hub_config.hpp"
#include "hub/config/secret_mask.hpp"
#include "hub/config/yaml_writer.hpp"

namespace cdh {

namespace {

// A webhook's user and password in its URL.
void mask_urls(Setting& setting) {
  const auto url = setting.secret ? std::nullopt : parse_http_url(setting.text);
  if (url && !url->user.empty()) setting.text = masked_store_url(setting.text);
  for (auto& [key, member] : setting.members) mask_urls(member);
}

}  // namespace

std::string explain(const HubConfig& config) {
  Setting document = config.document;
  for (auto& [section, settings] : document.members) {
    if (section != "hub") continue;
    for (auto& [key, setting] : settings.members) {
      mask_urls(setting);
      if (key != "store") continue;
      setting.text = config.store_shown;
      setting.secret = false;  // what is shown holds none
    }
  }
  return to_yaml(document);
}

}  // namespace cdh
