#include "hub/app/own_files.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fnmatch.h>
#include <glob.h>

#include "hub/base/error.hpp"
#include "hub/plugin_host/plugin_registry.hpp"

namespace cdh {

namespace {

namespace fs = std::filesystem;

// Also of files that are not there yet.
bool is_same_file(const fs::path& a, const fs::path& b) {
  std::error_code not_there;
  if (fs::equivalent(a, b, not_there)) return true;
  return fs::weakly_canonical(a, not_there) == fs::weakly_canonical(b, not_there);
}

std::vector<fs::path> matches(const fs::path& pattern) {
  glob_t found{};
  std::vector<fs::path> paths;
  if (::glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found) == 0) {
    paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  }
  ::globfree(&found);
  return paths;
}

// A file of exactly that name goes before a pattern, as plugins read it. The file itself need not be
// there yet.
bool names(const fs::path& name, const fs::path& file) {
  std::error_code ignored;
  if (fs::exists(name, ignored)) return is_same_file(name, file);
  const auto is_file = [&](const fs::path& path) { return is_same_file(path, file); };
  if (std::ranges::any_of(matches(name), is_file)) return true;
  const fs::path folder = fs::absolute(file).parent_path();
  const auto is_folder = [&](const fs::path& path) { return is_same_file(path, folder); };
  return ::fnmatch(name.filename().c_str(), file.filename().c_str(), FNM_PERIOD) == 0 &&
         std::ranges::any_of(matches(name.parent_path()), is_folder);
}

bool is_of_store(const HubConfig& config, const fs::path& file) {
  constexpr std::string_view kSqlite = "sqlite://";
  if (!config.store.starts_with(kSqlite)) return false;
  const std::string store = config.store.substr(kSqlite.size());
  return std::ranges::any_of(
      std::vector<std::string>{"", "-wal", "-shm", ".lock"},
      [&](const auto& suffix) { return is_same_file(store + suffix, file); });
}

class Readers {
 public:
  explicit Readers(const HubConfig& config)
      : config_(config), plugins_(plugin_folders(config.plugins), {.secrets = config.secrets}) {}

  bool read(const fs::path& file) {
    return std::ranges::any_of(config_.sources, [&](const SourceConfig& source) {
      return reads(source.connector, source.config, file) ||
             std::ranges::any_of(source.streams, [&](const StreamConfig& stream) {
               return std::ranges::any_of(stream.transforms, [&](const TransformConfig& transform) {
                 return reads(transform.plugin, transform.settings, file);
               });
             });
    });
  }

 private:
  bool reads(const std::string& plugin, const Setting& settings, const fs::path& file) {
    return std::ranges::any_of(options_of(plugin), [&](const PluginOption& option) {
      const Setting* setting = settings.find(option.name);
      if (option.type != OptionType::path || setting == nullptr || setting->text.empty()) {
        return false;
      }
      return names(fs::path(setting->where.file).parent_path() / setting->text, file);
    });
  }

  std::vector<PluginOption> options_of(const std::string& plugin) {
    try {
      return plugins_.describe(plugin).options;
    } catch (const Error&) {
      return {};
    }
  }

  const HubConfig& config_;
  PluginRegistry plugins_;
};

}  // namespace

void refuse_own_file(const HubConfig& config, const fs::path& file) {
  if (!is_same_file(config.file, file) && !is_of_store(config, file) &&
      !Readers(config).read(file)) {
    return;
  }
  throw Error(ErrorKind::config,
              file.string() +
                  " is the hub's own store or configuration, or a source reads it; write to "
                  "another file");
}

void refuse_own_files_told(const HubConfig& config) {
  const ReportingConfig& reporting = config.reporting;
  if (!reporting.metrics.empty()) refuse_own_file(config, reporting.metrics);
  const bool has_events = reporting.lineage_events && !reporting.lineage_events->file.empty();
  if (has_events) refuse_own_file(config, reporting.lineage_events->file);
}

}  // namespace cdh
