#include "hub/plugin_host/plugin.hpp"

#include <cstddef>
#include <cstring>
#include <utility>

#include <cdh/plugin.h>

#include <boost/dll/shared_library.hpp>
#include <dlfcn.h>

#include "hub/base/error.hpp"
#include "hub/base/hash.hpp"
#include "hub/base/text.hpp"
#include "hub/plugin_host/boundary_message.hpp"
#include "hub/plugin_host/boundary_view.hpp"
#include "hub/plugin_host/isolated_connector.hpp"
#include "hub/plugin_host/library_file.hpp"
#include "hub/plugin_host/plugin_log.hpp"
#include "hub/plugin_host/plugin_settings.hpp"
#include "hub/plugin_host/secret_files.hpp"

namespace cdh {

namespace {

// A library stays when its handle is closed: a plugin's threads and statics may outlive the last
// call into it. Boost has no name for that flag and hands it on.
constexpr auto kLoadMode = boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local |
                           static_cast<boost::dll::load_mode::type>(RTLD_NODELETE);

std::string text_of(cdh_string text) { return std::string(view(text)); }

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
  if (error.field[0] != '\0') message += " (" + text_in(error.field) + ")";
  if (status == CDH_ERROR_TRANSIENT) message += "; it may work later";
  throw Error(kind, "plugin " + plugin + ": " + message);
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
  static_cast<const HostTable*>(host->private_data)->log.write(level, view(message));
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

// A connector of an older minor version may be shorter, or leave optional functions out: both are
// filled with these, so that no call site asks for null.
void fill_with_stubs(cdh_connector& connector) {
  constexpr auto unsupported = [](cdh_error* error, std::string_view what) {
    set_message(*error, what);
    return CDH_ERROR_UNSUPPORTED;
  };
  static constexpr auto kUnsupported = unsupported;
  if (connector.check == nullptr) {
    connector.check = [](cdh_connector*, cdh_error*) { return CDH_OK; };
  }
  if (connector.discover == nullptr) {
    connector.discover = [](cdh_connector*, cdh_catalog*, cdh_error* error) {
      return kUnsupported(error, "it cannot list its streams");
    };
  }
  if (connector.start == nullptr) {
    connector.start = [](cdh_connector*, const cdh_read_request*, cdh_error* error) {
      return kUnsupported(error, "it cannot read");
    };
  }
  if (connector.read == nullptr) {
    connector.read = [](cdh_connector*, cdh_batch*, cdh_error* error) {
      return kUnsupported(error, "it cannot read");
    };
  }
  if (connector.cancel == nullptr) connector.cancel = [](cdh_connector*) {};
  if (connector.destroy == nullptr) connector.destroy = [](cdh_connector*) {};
}

PluginOption option_of(const cdh_option& raw) {
  PluginOption option;
  option.name = text_of(raw.name);
  option.type = static_cast<OptionType>(raw.type);
  option.required = raw.required != 0;
  option.secret = raw.secret != 0;
  option.default_value = text_of(raw.default_value);
  option.help = text_of(raw.help);
  if (raw.choices.size > 0) {
    for (const std::string_view choice : split(view(raw.choices), '|')) {
      option.choices.emplace_back(choice);
    }
  }
  return option;
}

void require_connector(const PluginDescription& plugin) {
  if (plugin.kind == PluginKind::connector) return;
  throw Error(ErrorKind::config, "plugin \"" + plugin.name + "\" is a transform, not a connector");
}

}  // namespace

// --- Connector ---------------------------------------------------------------------------------

struct Connector::Instance {
  Instance(const PluginDescription& plugin, const Setting& settings, SecretMask masked)
      : host(plugin, settings, std::move(masked)) {}
  ~Instance() {
    if (connector.destroy != nullptr) connector.destroy(&connector);
  }
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  HostTable host;
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
  std::vector<StreamInfo> streams;
  for (std::size_t i = 0; i < catalog.count; ++i) {
    const cdh_stream& raw = item_at(catalog.streams, catalog.stream_stride, i);
    StreamInfo stream;
    stream.name = text_of(raw.name);
    stream.description = text_of(raw.description);
    if (raw.schema != nullptr) stream.columns = columns_of(*raw.schema);
    for (std::size_t k = 0; k < raw.key_count; ++k) stream.key.push_back(text_of(raw.key[k]));
    stream.incremental = raw.incremental != 0;
    stream.open = raw.open != 0;
    streams.push_back(std::move(stream));
  }
  if (catalog.release != nullptr) catalog.release(&catalog);
  return streams;
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
  const std::string at = library.string();
  if (const std::string fault = fault_of_library_file(library); !fault.empty()) {
    throw Error(ErrorKind::plugin, "cannot load plugin " + at + ": " + fault);
  }
  try {
    const boost::dll::shared_library handle(at, kLoadMode);
    if (!handle.has("cdh_plugin_entry")) {
      throw Error(ErrorKind::plugin,
                  "cannot load plugin " + at +
                      ": it is a library without cdh_plugin_entry, so no plugin; "
                      "see docs/plugins.md");
    }
    plugin.entry_ = handle.get<const cdh_plugin*()>("cdh_plugin_entry")();
  } catch (const Error&) {
    throw;
  } catch (const std::exception& failure) {
    throw Error(ErrorKind::plugin, "cannot load plugin " + at + ": " + failure.what());
  }
  const cdh_plugin* entry = plugin.entry_;
  if (entry == nullptr || entry->size < offsetof(cdh_plugin, fingerprint)) {
    throw Error(ErrorKind::plugin,
                "plugin " + at + " does not describe itself: its entry is too short");
  }
  if (entry->abi_major != CDH_ABI_MAJOR || entry->abi_minor != CDH_ABI_MINOR) {
    throw Error(ErrorKind::plugin,
                "plugin " + at + " was built for version " + std::to_string(entry->abi_major) +
                    "." + std::to_string(entry->abi_minor) +
                    " of the plugin boundary, this cdh has " + std::to_string(CDH_ABI_MAJOR) + "." +
                    std::to_string(CDH_ABI_MINOR) + ": build it anew");
  }
  const bool is_connector = entry->kind == CDH_CONNECTOR && entry->create_connector != nullptr;
  const bool is_transform = entry->kind == CDH_TRANSFORM && entry->create_transform != nullptr;
  if (!is_connector && !is_transform) {
    throw Error(ErrorKind::plugin, "plugin " + at + " is neither a connector nor a transform");
  }
  PluginDescription& about = plugin.about_;
  about.kind = is_connector ? PluginKind::connector : PluginKind::transform;
  about.name = text_of(entry->name);
  about.version = text_of(entry->version);
  about.description = text_of(entry->description);
  for (std::size_t i = 0; i < entry->option_count; ++i) {
    about.options.push_back(option_of(item_at(entry->options, entry->option_stride, i)));
  }
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
  if (status != CDH_OK) return status;
  out = raw;
  fill_with_stubs(out);
  return CDH_OK;
}

Connector Plugin::connect(const Setting& settings) const {
  require_connector(about_);
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
  if (is_isolated()) {
    throw Error(ErrorKind::config, "plugin \"" + name() + "\": a transform cannot be isolated");
  }
  const PluginSettings checked(name(), options(), settings);
  auto instance = std::make_unique<Transform::Instance>(about_, settings, secrets_);
  cdh_error error = empty_error();
  cdh_transform raw{};
  instance->throw_on_failure(
      entry_->create_transform(&instance->host.table, &checked.c_settings(), &raw, &error), error);
  instance->transform = raw;
  return Transform(std::move(instance));
}

std::uint64_t Plugin::fingerprint(const Setting& settings) const {
  const PluginSettings checked(name(), options(), settings);
  const std::uint64_t own = hash64(name() + '\x1e' + version() + '\x1e' + checked.canonical_text());
  if (is_isolated() || entry_->size < sizeof(cdh_plugin) || entry_->fingerprint == nullptr)
    return own;
  cdh_error error = empty_error();
  std::uint64_t folded = 0;
  throw_on_failure(entry_->fingerprint(&checked.c_settings(), &folded, &error), error, name());
  return hash64({reinterpret_cast<const char*>(&folded), sizeof folded}, own);
}

}  // namespace cdh
