// A loaded plugin and the instances it makes. The only code that calls through the C boundary.
//
//     PluginRegistry plugins({"/usr/lib/cdh/plugins"});
//     Connector connector = plugins.connector("csv").connect(settings);
//     connector.start("customers", "", 4096);
//     while (std::optional<Batch> batch = connector.read()) { ... }
//
// Libraries are loaded with RTLD_NOW | RTLD_LOCAL and never unloaded.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cdh/plugin.h>

#include "hub/config/setting.hpp"
#include "hub/plugin_host/batch.hpp"
#include "hub/plugin_host/catalog.hpp"
#include "hub/plugin_host/isolation.hpp"
#include "hub/plugin_host/plugin_description.hpp"

namespace cdh {

// One configured source. Calls must not overlap, except cancel(). Failures are Error: `config` for
// wrong settings, `plugin` for a defect, `source` for everything else.
class Connector {
 public:
  Connector(Connector&&) noexcept;
  Connector& operator=(Connector&&) noexcept;
  ~Connector();

  void check();
  std::vector<StreamInfo> discover();
  void start(std::string_view stream, std::string_view resume_state, std::size_t max_rows);
  // The next batch; nothing at the end of the stream. Empty batches are passed over.
  std::optional<Batch> read();
  void cancel() noexcept;

 private:
  friend class Plugin;
  struct Instance;
  explicit Connector(std::unique_ptr<Instance> instance);
  std::unique_ptr<Instance> instance_;
};

// One configured transform. Calls must not overlap.
class Transform {
 public:
  Transform(Transform&&) noexcept;
  Transform& operator=(Transform&&) noexcept;
  ~Transform();

  Batch apply(const Batch& in);

 private:
  friend class Plugin;
  struct Instance;
  explicit Transform(std::unique_ptr<Instance> instance);
  std::unique_ptr<Instance> instance_;
};

class Plugin {
 public:
  // Loads the library and checks what it says about itself. Throws Error(plugin) with the path and
  // the loader's own reason. `secrets` are masked in what its instances log,
  // and get those that they are handed.
  static Plugin load(const std::filesystem::path& library, SecretMask secrets = {});

  // The same, but no code of the library runs in this process: a child process loads it to describe
  // it, and each instance has a child process of its own. What ends that process, the instance's
  // calls report as Error(plugin).
  static Plugin load_isolated(const std::filesystem::path& library, const Isolation& isolation);

  PluginKind kind() const { return about_.kind; }
  const std::string& name() const { return about_.name; }
  const std::string& version() const { return about_.version; }
  const std::string& description() const { return about_.description; }
  const std::vector<PluginOption>& options() const { return about_.options; }
  const PluginDescription& about() const { return about_; }
  const std::filesystem::path& library() const { return library_; }
  bool is_isolated() const { return isolation_.has_value(); }

  // Creates an instance with the settings of a map (null = no settings). They are checked against
  // the options first; a path is made absolute against the folder of the file it stands in (or the
  // working directory). Throws Error(config), naming file and line, or what creating threw.
  Connector connect(const Setting& settings) const;
  Transform transform(const Setting& settings) const;

  // The instance as the boundary has it, with stubs for what it leaves out: connect() and
  // transform() without the checks. `host` must outlive it.
  cdh_status create_connector(const cdh_host& host, const cdh_settings& settings,
                              cdh_connector& out, cdh_error& error) const;
  cdh_status create_transform(const cdh_host& host, const cdh_settings& settings,
                              cdh_transform& out, cdh_error& error) const;

  // Changes whenever the same input could give other output: name, version, settings, and for
  // transforms whatever the plugin folds in, such as the content of a look-up file.
  std::uint64_t fingerprint(const Setting& settings) const;
  // What the plugin folds in; nothing when it has nothing to.
  cdh_status own_fingerprint(const cdh_settings& settings, std::optional<std::uint64_t>& out,
                             cdh_error& error) const;

 private:
  Plugin() = default;
  void hide_secrets(const Setting& settings) const;
  const cdh_plugin* entry_ = nullptr;  // null when isolated
  PluginDescription about_;
  std::filesystem::path library_;
  SecretMask secrets_;
  std::optional<Isolation> isolation_;
};

}  // namespace cdh
