// The trampolines: C functions over the classes of a plugin, and the macros that export them.
// Part of plugin.hpp: include that.
#ifndef CDH_EXPORT_HPP
#define CDH_EXPORT_HPP

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <cdh/connector.hpp>
#include <cdh/settings.hpp>
#include <cdh/transform.hpp>

namespace cdh {

namespace detail {

template <typename Plugin>
struct ConnectorInstance {
  ConnectorInstance(const cdh_settings& settings, const cdh_host* c_host)
      : host(c_host), connector(Settings(settings), host) {}
  Host host;
  BatchSlot batches;
  Plugin connector;
  std::size_t max_rows = 4096;
};

struct CatalogData {
  std::vector<Stream> streams;
  std::vector<std::vector<cdh_string>> keys;
  std::vector<cdh_stream> c_streams;
};

inline void fill_catalog(std::vector<Stream> streams, cdh_catalog* out) {
  auto data = std::make_unique<CatalogData>();
  data->streams = std::move(streams);
  data->keys.resize(data->streams.size());
  for (std::size_t i = 0; i < data->streams.size(); ++i) {
    const Stream& stream = data->streams[i];
    for (const std::string& name : stream.key) data->keys[i].push_back(borrow(name));
    data->c_streams.push_back({borrow(stream.name), borrow(stream.description),
                               stream.schema.c_schema(), data->keys[i].data(), data->keys[i].size(),
                               static_cast<std::uint8_t>(stream.incremental),
                               static_cast<std::uint8_t>(stream.open)});
  }
  *out = cdh_catalog{};
  out->size = sizeof(cdh_catalog);
  out->stream_stride = sizeof(cdh_stream);
  out->streams = data->c_streams.data();
  out->count = data->c_streams.size();
  out->private_data = data.release();
  out->release = [](cdh_catalog* catalog) {
    delete static_cast<CatalogData*>(catalog->private_data);
    catalog->release = nullptr;
  };
}

template <typename Plugin>
cdh_status create_connector(const cdh_host* host, const cdh_settings* settings, cdh_connector* out,
                            cdh_error* error) noexcept {
  using Instance = ConnectorInstance<Plugin>;
  return guard(error, [&] {
    cdh_connector connector{};
    connector.size = sizeof connector;
    connector.private_data = new Instance(*settings, host);
    connector.check = [](cdh_connector* self, cdh_error* e) -> cdh_status {
      return guard(e, [&] { static_cast<Instance*>(self->private_data)->connector.check(); });
    };
    connector.discover = [](cdh_connector* self, cdh_catalog* catalog, cdh_error* e) -> cdh_status {
      return guard(e, [&] {
        fill_catalog(static_cast<Instance*>(self->private_data)->connector.discover(), catalog);
      });
    };
    connector.start = [](cdh_connector* self, const cdh_read_request* request,
                         cdh_error* e) -> cdh_status {
      return guard(e, [&] {
        auto* instance = static_cast<Instance*>(self->private_data);
        instance->max_rows = request->max_rows > 0 ? request->max_rows : 4096;
        instance->connector.start({std::string(view(request->stream)),
                                   std::string(view(request->resume_state)), instance->max_rows});
      });
    };
    connector.read = [](cdh_connector* self, cdh_batch* batch, cdh_error* e) -> cdh_status {
      return guard(e, [&] {
        auto* instance = static_cast<Instance*>(self->private_data);
        std::unique_ptr<BatchBuilder> builder = instance->batches.take(instance->max_rows);
        if (instance->connector.read(*builder)) {
          instance->batches.hand_over(std::move(builder), batch);
        } else {
          *batch = cdh_batch{};
          batch->size = sizeof(cdh_batch);
        }
      });
    };
    connector.cancel = [](cdh_connector* self) {
      static_cast<Instance*>(self->private_data)->connector.cancel();
    };
    connector.destroy = [](cdh_connector* self) {
      delete static_cast<Instance*>(self->private_data);
      self->private_data = nullptr;
    };
    *out = connector;
  });
}

template <typename Plugin>
cdh_status create_transform(const cdh_host* c_host, const cdh_settings* settings,
                            cdh_transform* out, cdh_error* error) noexcept {
  struct Instance {
    Instance(const cdh_settings& values, const cdh_host* host_table)
        : host(host_table), transform(Settings(values), host) {}
    Host host;
    BatchSlot batches;
    Plugin transform;
  };
  return guard(error, [&] {
    cdh_transform transform{};
    transform.size = sizeof transform;
    transform.private_data = new Instance(*settings, c_host);
    transform.apply = [](cdh_transform* self, const cdh_batch* in, cdh_batch* batch,
                         cdh_error* e) -> cdh_status {
      return guard(e, [&] {
        auto* instance = static_cast<Instance*>(self->private_data);
        std::unique_ptr<BatchBuilder> builder = instance->batches.take(in->row_count);
        static_cast<Transform&>(instance->transform).apply(*in, *builder);
        instance->batches.hand_over(std::move(builder), batch);
      });
    };
    transform.destroy = [](cdh_transform* self) {
      delete static_cast<Instance*>(self->private_data);
      self->private_data = nullptr;
    };
    *out = transform;
  });
}

// A plugin class may offer `static std::uint64_t fingerprint(const Settings&)`.
template <typename Plugin, typename = void>
struct Fingerprint {
  static constexpr decltype(cdh_plugin::fingerprint) function = nullptr;
};
template <typename Plugin>
struct Fingerprint<Plugin,
                   std::void_t<decltype(Plugin::fingerprint(std::declval<const Settings&>()))>> {
  static cdh_status call(const cdh_settings* settings, std::uint64_t* out, cdh_error* error) {
    return guard(error, [&] { *out = Plugin::fingerprint(Settings(*settings)); });
  }
  static constexpr decltype(cdh_plugin::fingerprint) function = &call;
};

template <std::size_t N>
std::vector<cdh_option> c_options(const Option (&options)[N]) {
  std::vector<cdh_option> out;
  for (const Option& option : options) {
    out.push_back({borrow(option.name), static_cast<std::uint8_t>(option.type), option.required,
                   option.secret, borrow(option.default_value), borrow(option.choices),
                   borrow(option.help)});
  }
  return out;
}

}  // namespace detail
}  // namespace cdh

// Exports the plugin. Once, at file scope, in a namespace or none.
#define CDH_PLUGIN_EXPORT_(kind_, name_, version_, description_, options_, connector_, transform_, \
                           fingerprint_)                                                           \
  extern "C" CDH_EXPORT const cdh_plugin* cdh_plugin_entry(void) {                                 \
    static const std::vector<cdh_option> options = cdh::detail::c_options(options_);               \
    static const cdh_plugin plugin = {sizeof(cdh_plugin),                                          \
                                      CDH_ABI_MAJOR,                                               \
                                      CDH_ABI_MINOR,                                               \
                                      kind_,                                                       \
                                      cdh::borrow(name_),                                          \
                                      cdh::borrow(version_),                                       \
                                      cdh::borrow(description_),                                   \
                                      options.data(),                                              \
                                      options.size(),                                              \
                                      sizeof(cdh_option),                                          \
                                      connector_,                                                  \
                                      transform_,                                                  \
                                      fingerprint_};                                               \
    return &plugin;                                                                                \
  }
#define CDH_PLUGIN_CONNECTOR(class_, name_, version_, description_, options_) \
  CDH_PLUGIN_EXPORT_(CDH_CONNECTOR, name_, version_, description_, options_,  \
                     &cdh::detail::create_connector<class_>, nullptr, nullptr)
#define CDH_PLUGIN_TRANSFORM(class_, name_, version_, description_, options_)         \
  CDH_PLUGIN_EXPORT_(CDH_TRANSFORM, name_, version_, description_, options_, nullptr, \
                     &cdh::detail::create_transform<class_>,                          \
                     cdh::detail::Fingerprint<class_>::function)

#endif
