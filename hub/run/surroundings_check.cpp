#include "hub/run/surroundings_check.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/config/faults.hpp"
#include "hub/normalize/instant.hpp"

namespace cdh {

namespace {

// Of the hub or of a source. What was inherited has no line of its own, and was told already.
void check_time_zone(const Setting& owner, ConfigFaults& faults) {
  const Setting* zone = owner.find("time_zone");
  if (zone == nullptr || zone->where.line == 0 || zone->text.empty() || is_time_zone(zone->text))
    return;
  std::string advice;
  if (!zone->secret) {
    const std::vector<std::string> names = time_zone_names();
    advice = suggestion(zone->text, {names.begin(), names.end()});
    // All of them are too many to read.
    if (!advice.starts_with("; did you mean")) advice.clear();
  }
  faults.add(zone->where, "there is no time_zone " + masked(*zone) +
                              (advice.empty() ? "; write a name such as Europe/Warsaw" : advice));
}

}  // namespace

void check_plugin_folders(const HubConfig& config) {
  const Setting* hub = config.document.find("hub");
  const Setting* folders = hub != nullptr ? hub->find("plugins") : nullptr;
  if (folders == nullptr) return;
  ConfigFaults faults;
  for (std::size_t i = 0; i < folders->items.size() && i < config.plugins.size(); ++i) {
    std::error_code ignored;
    if (std::filesystem::is_directory(config.plugins[i], ignored)) continue;
    const Setting& given = folders->items[i];
    const std::string shown = given.secret ? masked(given) : config.plugins[i].string();
    faults.add(given.where, "plugins names a folder that is not there: " + shown);
  }
  faults.throw_if_any();
}

void check_ca_files(const HubConfig& config) {
  const auto require = [&](const std::filesystem::path& file) {
    std::error_code ignored;
    if (file.empty() || std::filesystem::is_regular_file(file, ignored)) return;
    throw Error(ErrorKind::config, config.file.string() +
                                       ": ca_file names a file that is not there: " +
                                       config.secrets.mask(file.string()));
  };
  const auto& [report, metrics, notify, lineage_events] = config.reporting;
  if (notify && notify->webhook) require(notify->webhook->ca_file);
  if (notify && notify->mail) require(notify->mail->ca_file);
  if (lineage_events && lineage_events->target) require(lineage_events->target->ca_file);
}

void check_time_zones(const HubConfig& config) {
  ConfigFaults faults;
  if (const Setting* hub = config.document.find("hub")) check_time_zone(*hub, faults);
  if (const Setting* sources = config.document.find("sources")) {
    for (const auto& [name, source] : sources->members) check_time_zone(source, faults);
  }
  faults.throw_if_any();
}

}  // namespace cdh
