#include <algorithm>
#include <iostream>
#include <memory>

#include "hub/app/command.hpp"
#include "hub/app/confirmation.hpp"
#include "hub/app/opened_hub.hpp"
#include "hub/app/table.hpp"
#include "hub/app/user_name.hpp"
#include "hub/base/error.hpp"
#include "hub/run/maintenance.hpp"

namespace cdh {

namespace {

struct Words {
  std::string source, name;
  bool yes = false, force = false;
};

bool is_configured(const HubConfig& config, const SourcePart& part) {
  const SourceConfig* source = config.find_source(part.source);
  if (source == nullptr || part.stream.empty()) return source != nullptr;
  return std::ranges::find(source->streams, part.stream, &StreamConfig::name) !=
         source->streams.end();
}

// What hub.yaml names and no run has read is listed, too.
void add_unread(const HubConfig& config, std::vector<CatalogEntry>& catalog) {
  const auto read = catalog;
  for (const SourceConfig& source : config.sources) {
    for (const StreamConfig& stream : source.streams) {
      const bool known = std::ranges::any_of(read, [&](const CatalogEntry& entry) {
        return entry.source == source.name && entry.stream == stream.name;
      });
      if (!known) catalog.push_back({source.name, stream.name});
    }
  }
}

void list(const Globals& globals) {
  OpenedHub hub(globals, Database::Mode::view);
  auto& [config, database] = hub;
  std::vector<CatalogEntry> catalog = source_catalog(database);
  add_unread(config, catalog);
  Table table({"source", "stream", "present", "gone", "quarantined", "last_run", "configured"});
  for (const CatalogEntry& entry : catalog) {
    table.add({entry.source, entry.stream, entry.present, entry.gone, entry.quarantined,
               entry.last_run != 0 ? nlohmann::json(entry.last_run) : nlohmann::json(),
               is_configured(config, {entry.source, entry.stream}) ? "yes" : "no"});
  }
  table.print(std::cout, globals.format);
}

void remove(const Globals& globals, const Words& words) {
  OpenedHub hub(globals, Database::Mode::existing);
  auto& [config, database] = hub;
  const SourcePart part = require_stored(database, words.source);  // before anybody is asked
  if (is_configured(config, part) && !words.force) {
    throw Error(ErrorKind::config,
                words.source + " is still in " + globals.config +
                    ", so the next run would read it again; take it out there first, or add "
                    "--force to drop its records until then");
  }
  if (!words.yes && !is_confirmed("Remove all records of " + words.source + " from the profiles?",
                                  "to remove " + words.source)) {
    std::cerr << "nothing was removed\n";
    return;
  }
  const RemovalResult result = remove_source(database, config, words.source, user_name());
  const ProfileCounts& profiles = result.profiles;
  Table table({"records", "profiles", "changed", "split", "removed"});
  table.add({result.records, profiles.total, profiles.changed, profiles.split, profiles.removed});
  table.print(std::cout, globals.format);
}

void rename(const Globals& globals, const Words& words) {
  OpenedHub hub(globals, Database::Mode::existing);
  auto& [config, database] = hub;
  rename_source_as(database, config, words.source, words.name, user_name());
}

}  // namespace

void add_source(CLI::App& app, Globals& globals) {
  auto* source = app.add_subcommand("source", "The sources whose records the store holds");
  source->require_subcommand(1);
  auto words = std::make_shared<Words>();

  auto* list_them = source->add_subcommand("list", "Each source and stream, and what it holds");
  list_them->callback([&globals] { list(globals); });

  auto* remove_it = source->add_subcommand("remove", "Take a source's records out of the profiles");
  remove_it->add_option("SOURCE", words->source, "Its name, or SOURCE/STREAM")->required();
  remove_it->add_flag("--yes", words->yes, "Do not ask");
  remove_it->add_flag("--force", words->force, "Even while hub.yaml names it");
  remove_it->footer(
      "The profiles are updated at once; those without another record end. The records themselves\n"
      "stay in the store, marked as gone, and `cdh runs undo` gives them back.");
  remove_it->callback([&globals, words] { remove(globals, *words); });

  auto* rename_it =
      source->add_subcommand("rename", "Give a source another name; nothing is read anew");
  rename_it->add_option("SOURCE", words->source, "Its name")->required();
  rename_it->add_option("NAME", words->name, "Its new name")->required();
  rename_it->footer(
      "Rename it in hub.yaml first, and repeat this before the next run. References that name the\n"
      "source from other streams follow when those records are read again; `cdh run --full` reads\n"
      "them all.");
  rename_it->callback([&globals, words] { rename(globals, *words); });
}

}  // namespace cdh
