#include "hub/plugin_host/plugin_registry.hpp"

#include <algorithm>
#include <cstdlib>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/plugin_host/plugin_entry.hpp"
#include "hub/plugin_host/plugin_manifest.hpp"

namespace cdh {

namespace {

constexpr std::string_view kPrefix = "cdh-";
constexpr std::string_view kSuffix = ".so";

std::string file_name(std::string_view name) {
  return std::string(kPrefix) + std::string(name) + std::string(kSuffix);
}

// Also a link that leads nowhere: the plugin is there, and broken.
bool is_there(const std::filesystem::path& file) {
  std::error_code ignored;
  return std::filesystem::exists(std::filesystem::symlink_status(file, ignored));
}

void require_target(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) {
    throw Error(ErrorKind::plugin, "cannot load plugin " + file.string() + ": it is a link to " +
                                       std::filesystem::read_symlink(file).string() +
                                       ", which is not there");
  }
}

// Whoever lists the plugins goes by the name; the library alone would not have to say it.
void require_name(const PluginDescription& manifest, std::string_view name,
                  const std::filesystem::path& library) {
  if (manifest.name == name) return;
  throw Error(ErrorKind::plugin,
              "the manifest " + std::filesystem::path(library).replace_extension(".json").string() +
                  " is of the plugin \"" + manifest.name + "\", not of \"" + std::string(name) +
                  "\"; take it away, or put back the one that was built with the library");
}

// One without a manifest, or with a broken one, is not loaded to say of which kind it is.
bool may_be(PluginKind kind, const std::filesystem::path& library) {
  try {
    const std::optional<PluginDescription> about = read_manifest(library);
    return !about || about->kind == kind;
  } catch (const Error&) {
    return true;
  }
}

}  // namespace

PluginRegistry::PluginRegistry(std::vector<std::filesystem::path> folders, Isolation isolation)
    : folders_(std::move(folders)), isolation_(std::move(isolation)) {}

const Plugin& PluginRegistry::connector(std::string_view name, bool isolated) {
  return of_kind(name, isolated, PluginKind::connector);
}

const Plugin& PluginRegistry::transform(std::string_view name, bool isolated) {
  return of_kind(name, isolated, PluginKind::transform);
}

const Plugin& PluginRegistry::of_kind(std::string_view name, bool isolated, PluginKind kind) {
  if (files(name).empty()) fail_unknown(name, kind);
  const Plugin& plugin = any(name, isolated);
  if (plugin.kind() != kind) {
    throw Error(ErrorKind::config, "plugin \"" + std::string(name) + "\" is a " +
                                       std::string(name_of(plugin.kind())) + ", not a " +
                                       std::string(name_of(kind)));
  }
  return plugin;
}

Connector PluginRegistry::connect(const SourceConfig& source) {
  return connector(source.connector, source.isolate).connect(source.config);
}

std::vector<std::string> PluginRegistry::names() const {
  std::vector<std::string> names;
  for (const std::filesystem::path& folder : folders_) {
    std::error_code ignored;  // a folder that is not there has no plugins
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
      const std::string file = entry.path().filename().string();
      if (file.size() > kPrefix.size() + kSuffix.size() && file.starts_with(kPrefix) &&
          file.ends_with(kSuffix)) {
        names.push_back(file.substr(kPrefix.size(), file.size() - kPrefix.size() - kSuffix.size()));
      }
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<std::filesystem::path> PluginRegistry::files(std::string_view name) const {
  std::vector<std::filesystem::path> found;
  for (const std::filesystem::path& folder : folders_) {
    const std::filesystem::path file = folder / file_name(name);
    if (is_there(file)) found.push_back(file);
  }
  return found;
}

const Plugin& PluginRegistry::any(std::string_view name, bool isolated) {
  Slot& slot = slot_of(name, isolated);
  const std::lock_guard lock(slot.loading);
  if (slot.plugin == nullptr) slot.plugin = load(name, isolated);
  return *slot.plugin;
}

PluginRegistry::Slot& PluginRegistry::slot_of(std::string_view name, bool isolated) {
  const std::lock_guard lock(adding_);
  return slots_[{std::string(name), isolated}];
}

std::unique_ptr<Plugin> PluginRegistry::load(std::string_view name, bool isolated) const {
  const std::vector<std::filesystem::path> found = files(name);
  if (found.empty()) fail_unknown(name, std::nullopt);
  try {
    require_target(found.front());
    return std::make_unique<Plugin>(isolated ? Plugin::load_isolated(found.front(), isolation_)
                                             : Plugin::load(found.front(), isolation_.secrets));
  } catch (const Error& error) {
    if (found.size() == 1) throw;
    // The administrator put it first, so the other is not what was asked for.
    throw Error(error.kind(), std::string(error.what()) + "\n  it hides " + found[1].string() +
                                  ", which comes after it; repair it or take it away");
  }
}

PluginDescription PluginRegistry::describe(std::string_view name) {
  if (const auto found = files(name); !found.empty()) {
    std::optional<PluginDescription> about = read_manifest(found.front());
    if (about && is_supported(about->boundary)) {
      require_name(*about, name, found.front());
      return *std::move(about);
    }
  }
  return any(name, true).about();
}

void PluginRegistry::fail_unknown(std::string_view name, std::optional<PluginKind> kind) const {
  std::string tried;
  for (const std::filesystem::path& folder : folders_) {
    tried += "\n  tried " + (folder / file_name(name)).string();
  }
  std::vector<std::string> known = names();
  std::erase_if(known, [&](const std::string& other) {
    return kind && !may_be(*kind, files(other).front());
  });
  throw Error(ErrorKind::config, "there is no plugin \"" + std::string(name) + "\"" +
                                     suggestion(name, {known.begin(), known.end()}) + tried);
}

std::vector<std::filesystem::path> plugin_folders(
    const std::vector<std::filesystem::path>& configured) {
  std::vector<std::filesystem::path> folders;
  if (const char* path = std::getenv("CDH_PLUGIN_PATH"); path != nullptr) {
    for (const std::string_view part : split(path, ':')) {
      if (!part.empty()) folders.emplace_back(part);  // the working directory is nobody's choice
    }
  }
  folders.insert(folders.end(), configured.begin(), configured.end());
  std::error_code failed;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", failed);
  if (!failed) {
    const std::filesystem::path prefix = program.parent_path().parent_path();
    folders.push_back(prefix / "lib" / "cdh" / "plugins");
    folders.push_back(prefix / CDH_INSTALL_LIBDIR / "cdh" / "plugins");
  }
  // One that is named twice is looked into once.
  std::vector<std::filesystem::path> once;
  for (std::filesystem::path& folder : folders) {
    if (std::find(once.begin(), once.end(), folder) == once.end())
      once.push_back(std::move(folder));
  }
  return once;
}

}  // namespace cdh
