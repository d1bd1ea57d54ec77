// The plugins that can be used, found by name.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/plugin_host/plugin.hpp"

namespace cdh {

// Finds plugins by name in a list of folders; the first folder that has one wins. A plugin "csv" is
// the file cdh-csv.so. Nothing is loaded before it is asked for. Any thread; a plugin stays where it
// is as long as the registry.
class PluginRegistry {
 public:
  explicit PluginRegistry(std::vector<std::filesystem::path> folders, Isolation isolation = {});

  // Throws Error(config) when there is no such plugin, naming every path tried and the nearest name,
  // or those of its kind as far as manifests tell, and Error(plugin) when it does not load or is of
  // the other kind. A broken plugin is not passed over for one of the same name in a later folder;
  // the message names both.
  const Plugin& connector(std::string_view name, bool isolated = false);
  const Plugin& transform(std::string_view name, bool isolated = false);

  // The source's connector with its settings; in a child process if the source says so.
  Connector connect(const SourceConfig& source);

  // The names of all plugin files in the folders, sorted.
  std::vector<std::string> names() const;
  // Where the plugin's file is in the folders, in their order: the first is used, the others are
  // hidden. Also links that lead nowhere.
  std::vector<std::filesystem::path> files(std::string_view name) const;
  // Loads whatever kind it is.
  const Plugin& any(std::string_view name, bool isolated = false);
  // What the plugin says about itself, without its code in this process: by its manifest, or else by
  // a child process. Throws as any() does, except for faults that only loading it shows, and
  // Error(plugin) when the manifest is of a plugin of another name.
  PluginDescription describe(std::string_view name);

 private:
  // A plugin that is loaded, or will be by whoever comes first. One that takes its time keeps nobody
  // waiting who wants another.
  struct Slot {
    std::mutex loading;  // guards the next
    std::unique_ptr<Plugin> plugin;
  };
  Slot& slot_of(std::string_view name, bool isolated);
  std::unique_ptr<Plugin> load(std::string_view name, bool isolated) const;
  const Plugin& of_kind(std::string_view name, bool isolated, PluginKind kind);
  [[noreturn]] void fail_unknown(std::string_view name, std::optional<PluginKind> kind) const;

  std::vector<std::filesystem::path> folders_;
  Isolation isolation_;
  std::mutex adding_;                                   // guards the next, not what is in them
  std::map<std::pair<std::string, bool>, Slot> slots_;  // by name, and whether isolated
};

// Where to look: $CDH_PLUGIN_PATH (colon-separated; an empty part is passed over), `configured`,
// then beside the program, as built (../lib/cdh/plugins) and as installed.
std::vector<std::filesystem::path> plugin_folders(
    const std::vector<std::filesystem::path>& configured);

}  // namespace cdh
