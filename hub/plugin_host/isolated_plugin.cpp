#include "hub/plugin_host/isolated_plugin.hpp"

#include "hub/base/error.hpp"
#include "hub/plugin_host/plugin_child.hpp"

namespace cdh {

PluginDescription describe_isolated(const std::filesystem::path& library,
                                    const Isolation& isolation) {
  try {
    return PluginChild(library, isolation, nullptr).describe();
  } catch (Error& error) {
    error.add_context("plugin " + library.string());
    throw;
  }
}

cdh_status fingerprint_isolated(const std::filesystem::path& library, const Isolation& isolation,
                                const cdh_settings& settings, std::optional<std::uint64_t>& out,
                                cdh_error& error) {
  return status_of(error, [&] {
    PluginChild child(library, isolation, nullptr);
    child.describe();
    MessageWriter request(MessageKind::fingerprint);
    write_settings(settings, request);
    return child.call(request, "its fingerprint was taken", error,
                      [&](MessageReader in, Message&&) {
                        if (in.number() != 0) out = in.number();
                      });
  });
}

}  // namespace cdh
