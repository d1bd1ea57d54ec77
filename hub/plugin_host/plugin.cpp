#include "hub/plugin_host/plugin.hpp"

#include <cstring>
#include <utility>

#include <cdh/plugin.h>

#include "hub/base/error.hpp"
#include "hub/base/hash.hpp"
#include "hub/base/text.hpp"
#include "hub/plugin_host/absent_functions.hpp"
#include "hub/plugin_host/boundary_message.hpp"
#include "hub/plugin_host/boundary_view.hpp"
#include "hub/plugin_host/isolated_connector.hpp"
#include "hub/plugin_host/isolated_plugin.hpp"
#include "hub/plugin_host/isolated_transform.hpp"
#include "hub/plugin_host/plugin_entry.hpp"
#include "hub/plugin_host/plugin_log.hpp"
#include "hub/plugin_host/plugin_settings.hpp"
#include "hub/plugin_host/secret_files.hpp"

namespace cdh {

namespace {

cdh_error empty_error() {
  cdh_error error{};
  error.size = sizeof error;
  return error;
}

// Of a buffer that a plugin filled, and perhaps not ended.
template <std::size_t N>
std::string text_in(const char (&buffer)[N]) {
  return to_valid_utf8({buffer, ::strnlen(buffer, N)});
}

// The one place where a plugin's status becomes an exception, and its text valid UTF-8: messages
// end up in the store.
void throw_on_failure(cdh_status status, const cdh_error& error, const std::string& plugin) {
  if (status == CDH_OK) return;
  ErrorKind kind = ErrorKind::source;
  if (status == CDH_ERROR_CONFIG) kind = ErrorKind::config;
  if (status == CDH_ERROR_INTERNAL || status == CDH_ERROR_UNSUPPORTED) kind = ErrorKind::plugin;
  std::string message =
      error.message[0] != '\0' ? text_in(error.message) : "failed without a message";
  std::string field = text_in(error.field);
  if (!field.empty()) message += " (" + field + ")";
  if (status == CDH_ERROR_TRANSIENT) message += "; it may work later";
  throw Error(kind, "plugin " + plugin + ": " + message, std::move(field));
}

void host_log(const cdh_host* host, cdh_log_level level, cdh_string message);
cdh_status host_keep_secret(const cdh_host* host, cdh_string name, cdh_string value,
                            cdh_error* error) noexcept;

// What an instance sees of the host. Lives as long as the instance.
struct HostTable {
  HostTable(const PluginDescription& plugin, const Setting& settings, SecretMask masked)
      : name(plugin.name), secrets(settings, plugin.options), log(plugin.name, std::move(masked)) {
    table = {sizeof table, CDH_ABI_MAJOR, CDH_ABI_MINOR, this, &host_log, &host_keep_secret};
  }
  HostTable(const HostTable&) = delete;
  HostTable& operator=(const HostTable&) = delete;
  std::string name;
  SecretFiles secrets;
  PluginLog log;
  cdh_host table{};
};

void host_log(const cdh_host* host, cdh_log_level level, cdh_string message) {
  static_cast<HostTable*>(host->private_data)->log.write(level, view(message));
}

cdh_status host_keep_secret(const cdh_host* host, cdh_string name, cdh_string value,
                            cdh_error* error) noexcept {
  const auto report = [&](cdh_status status, std::string_view message) {
    if (error != nullptr) set_message(*error, message);
    return status;
  };
  try {
    auto* instance = static_cast<HostTable*>(host->private_data);
    instance->log.add_secret(view(value));
    instance->secrets.keep(view(name), view(value));
    return CDH_OK;
  } catch (const Error& failure) {
    const cdh_status status = failure.kind() == ErrorKind::plugin   ? CDH_ERROR_INTERNAL
                              : failure.kind() == ErrorKind::source ? CDH_ERROR_DATA
                                                                    : CDH_ERROR_CONFIG;
    return report(status, failure.what());
  } catch (const std::exception& failure) {
    return report(CDH_ERROR_SYSTEM, failure.what());
  }
}

void require_connector(const PluginDescription& plugin) {
  if (plugin.kind == PluginKind::connector) return;
  throw Error(ErrorKind::config, "plugin \"" + plugin.name + "\" is a transform, not a connector");
}

}  // namespace

// --- Connector ---------------------------------------------------------------------------------

struct Connector::Instance {
  Instance(const PluginDescription& plugin, const Setting& settings, SecretMask masked)
      : host(plugin, settings, std::move(masked)), abi_minor(plugin.boundary.minor) {}
  ~Instance() {
    if (connector.destroy != nullptr) connector.destroy(&connector);
  }
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  HostTable host;
  std::uint32_t abi_minor;
  cdh_connector connector{};
};

Connector::Connector(std::unique_ptr<Instance> instance) : instance_(std::move(instance)) {}
Connector::Connector(Connector&&) noexcept = default;
Connector& Connector::operator=(Connector&&) noexcept = default;
Connector::~Connector() = default;

void Connector::check() {
  cdh_error error = empty_error();
  cdh_connector& connector = instance_->connector;
  throw_on_failure(connector.check(&connector, &error), error, instance_->host.name);
}

std::vector<StreamInfo> Connector::discover() {
  cdh_error error = empty_error();
  cdh_catalog catalog{};
  catalog.size = sizeof catalog;
  cdh_connector& connector = instance_->connector;
  throw_on_failure(connector.discover(&connector, &catalog, &error), error, instance_->host.name);
  return take_catalog(std::move(catalog), instance_->abi_minor);
}

void Connector::start(std::string_view stream, std::string_view resume_state,
                      std::size_t max_rows) {
  cdh_error error = empty_error();
  const cdh_read_request request = {sizeof request,
                                    {stream.data(), stream.size()},
                                    {resume_state.data(), resume_state.size()},
                                    max_rows};
  cdh_connector& connector = instance_->connector;
  throw_on_failure(connector.start(&connector, &request, &error), error, instance_->host.name);
}

std::optional<Batch> Connector::read() {
  cdh_connector& connector = instance_->connector;
  for (;;) {
    cdh_error error = empty_error();
    cdh_batch raw{};
    raw.size = sizeof raw;
    throw_on_failure(connector.read(&connector, &raw, &error), error, instance_->host.name);
    if (raw.release == nullptr) return std::nullopt;
    Batch batch = Batch::adopt(std::move(raw));
    if (batch.row_count() > 0 || !batch.resume_state().empty()) return batch;
  }
}

void Connector::cancel() noexcept { instance_->connector.cancel(&instance_->connector); }

// --- Transform -----------------------------------------------------------------------------------

struct Transform::Instance {
  Instance(const PluginDescription& plugin, const Setting& settings, SecretMask masked)
      : host(plugin, settings, std::move(masked)), where(settings.where) {}
  ~Instance() {
    if (transform.destroy != nullptr) transform.destroy(&transform);
  }
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  // A stream may have several transforms of one plugin: the place tells which of them it is.
  void throw_on_failure(cdh_status status, const cdh_error& error) const {
    try {
      cdh::throw_on_failure(status, error, host.name);
    } catch (Error& failure) {
      if (where.line > 0) failure.add_context(to_text(where));
      throw;
    }
  }

  HostTable host;
  Location where;
  cdh_transform transform{};
};

Transform::Transform(std::unique_ptr<Instance> instance) : instance_(std::move(instance)) {}
Transform::Transform(Transform&&) noexcept = default;
Transform& Transform::operator=(Transform&&) noexcept = default;
Transform::~Transform() = default;

Batch Transform::apply(const Batch& in) {
  cdh_error error = empty_error();
  cdh_batch raw{};
  raw.size = sizeof raw;
  cdh_transform& transform = instance_->transform;
  instance_->throw_on_failure(transform.apply(&transform, &in.raw(), &raw, &error), error);
  Batch out = Batch::adopt(std::move(raw), in.owner());
  for (std::size_t i = 0; i < out.row_count(); ++i) {
    if (out.row(i).source_row >= in.row_count()) {
      throw Error(ErrorKind::plugin, "plugin " + instance_->host.name +
                                         ": a row stems from an input row that does not exist");
    }
  }
  return out;
}

// --- Plugin --------------------------------------------------------------------------------------

Plugin Plugin::load(const std::filesystem::path& library, SecretMask secrets) {
  Plugin plugin;
  plugin.secrets_ = std::move(secrets);
  plugin.library_ = library;
  plugin.entry_ = &load_entry(library);
  plugin.about_ = describe(*plugin.entry_, library);
  return plugin;
}

Plugin Plugin::load_isolated(const std::filesystem::path& library, const Isolation& isolation) {
  Plugin plugin;
  plugin.library_ = library;
  plugin.secrets_ = isolation.secrets;
  plugin.isolation_ = isolation;
  plugin.about_ = describe_isolated(library, isolation);
  return plugin;
}

cdh_status Plugin::create_connector(const cdh_host& host, const cdh_settings& settings,
                                    cdh_connector& out, cdh_error& error) const {
  cdh_connector raw{};
  const cdh_status status =
      isolation_ ? create_isolated_connector(library_, *isolation_, host, settings, raw, error)
                 : entry_->create_connector(&host, &settings, &raw, &error);
  if (status == CDH_OK) out = completed(raw);
  return status;
}

cdh_status Plugin::create_transform(const cdh_host& host, const cdh_settings& settings,
                                    cdh_transform& out, cdh_error& error) const {
  cdh_transform raw{};
  const cdh_status status =
      isolation_ ? create_isolated_transform(library_, *isolation_, host, settings, raw, error)
                 : entry_->create_transform(&host, &settings, &raw, &error);
  if (status == CDH_OK) out = completed(raw);
  return status;
}

// Also of one that stands in the file in so many words. Before anything can quote it.
void Plugin::hide_secrets(const Setting& settings) const {
  for (const PluginOption& option : options()) {
    const Setting* setting = option.secret ? settings.find(option.name) : nullptr;
    if (setting != nullptr) SecretMask(secrets_).add_texts(*setting);  // copies share them
  }
}

Connector Plugin::connect(const Setting& settings) const {
  require_connector(about_);
  hide_secrets(settings);
  const PluginSettings checked(name(), options(), settings);
  auto instance = std::make_unique<Connector::Instance>(about_, settings, secrets_);
  cdh_error error = empty_error();
  throw_on_failure(
      create_connector(instance->host.table, checked.c_settings(), instance->connector, error),
      error, name());
  return Connector(std::move(instance));
}

Transform Plugin::transform(const Setting& settings) const {
  if (kind() != PluginKind::transform) {
    throw Error(ErrorKind::config, "plugin \"" + name() + "\" is a connector, not a transform");
  }
  hide_secrets(settings);
  const PluginSettings checked(name(), options(), settings);
  auto instance = std::make_unique<Transform::Instance>(about_, settings, secrets_);
  cdh_error error = empty_error();
  instance->throw_on_failure(
      create_transform(instance->host.table, checked.c_settings(), instance->transform, error),
      error);
  return Transform(std::move(instance));
}

std::uint64_t Plugin::fingerprint(const Setting& settings) const {
  const PluginSettings checked(name(), options(), settings);
  const std::uint64_t own = hash64(name() + '\x1e' + version() + '\x1e' + checked.canonical_text());
  cdh_error error = empty_error();
  std::optional<std::uint64_t> folded;
  throw_on_failure(own_fingerprint(checked.c_settings(), folded, error), error, name());
  if (!folded) return own;
  return hash64({reinterpret_cast<const char*>(&*folded), sizeof *folded}, own);
}

cdh_status Plugin::own_fingerprint(const cdh_settings& settings, std::optional<std::uint64_t>& out,
                                   cdh_error& error) const {
  if (isolation_) return fingerprint_isolated(library_, *isolation_, settings, out, error);
  if (!CDH_COVERS(entry_, fingerprint) || entry_->fingerprint == nullptr) return CDH_OK;
  return entry_->fingerprint(&settings, &out.emplace(), &error);
}

}  // namespace cdh
