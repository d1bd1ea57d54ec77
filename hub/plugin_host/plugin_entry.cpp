#include "hub/plugin_host/plugin_entry.hpp"

#include <string>

#include <boost/dll/shared_library.hpp>
#include <dlfcn.h>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/plugin_host/boundary_view.hpp"
#include "hub/plugin_host/library_file.hpp"

namespace cdh {

namespace {

// A library stays when its handle is closed: a plugin's threads and statics may outlive the last
// call into it. Boost has no name for that flag and hands it on.
constexpr auto kLoadMode = boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local |
                           static_cast<boost::dll::load_mode::type>(RTLD_NODELETE);

constexpr BoundaryVersion kOldest = {CDH_ABI_MAJOR, CDH_ABI_OLDEST_MINOR};
constexpr BoundaryVersion kOwn = {CDH_ABI_MAJOR, CDH_ABI_MINOR};

[[noreturn]] void fail(const std::filesystem::path& library, const std::string& what) {
  throw Error(ErrorKind::plugin, "plugin " + library.string() + " " + what);
}

[[noreturn]] void fail_to_load(const std::filesystem::path& library, const std::string& why) {
  throw Error(ErrorKind::plugin, "cannot load plugin " + library.string() + ": " + why);
}

std::string to_text(BoundaryVersion version) {
  return std::to_string(version.major) + "." + std::to_string(version.minor);
}

void require_supported(BoundaryVersion version, const std::filesystem::path& library) {
  if (is_supported(version)) return;
  const bool is_newer = version > kOwn;
  fail(library, "was built for version " + to_text(version) + " of the plugin boundary, " +
                    (is_newer ? "newer" : "older") + " than this cdh takes (" + to_text(kOldest) +
                    " to " + to_text(kOwn) + "): " + (is_newer ? "install a newer cdh, or " : "") +
                    "build the plugin with the SDK of this one");
}

const cdh_plugin* call_entry(const std::filesystem::path& library) {
  if (const std::string fault = fault_of_library_file(library); !fault.empty()) {
    fail_to_load(library, fault);
  }
  try {
    const boost::dll::shared_library handle(library.string(), kLoadMode);
    if (!handle.has("cdh_plugin_entry")) {
      fail_to_load(library,
                   "it is a library without cdh_plugin_entry, so no plugin; see docs/plugins.md");
    }
    return handle.get<const cdh_plugin*()>("cdh_plugin_entry")();
  } catch (const Error&) {
    throw;
  } catch (const std::exception& failure) {
    fail_to_load(library, failure.what());
  }
}

PluginOption option_of(const cdh_option& raw, const std::filesystem::path& library) {
  PluginOption option;
  option.name = view(raw.name);
  if (raw.type > CDH_OPTION_PATH) {
    fail(library, "has the option \"" + option.name + "\" of an unknown type");
  }
  option.type = static_cast<OptionType>(raw.type);
  option.required = raw.required != 0;
  option.secret = raw.secret != 0;
  option.default_value = view(raw.default_value);
  option.help = view(raw.help);
  if (raw.choices.size > 0) {
    for (const std::string_view choice : split(view(raw.choices), '|')) {
      option.choices.emplace_back(choice);
    }
  }
  return option;
}

}  // namespace

bool is_supported(BoundaryVersion version) { return version >= kOldest && version <= kOwn; }

const cdh_plugin& load_entry(const std::filesystem::path& library) {
  constexpr const char* kTooShort = "does not describe itself: its entry is too short";
  const cdh_plugin* entry = call_entry(library);
  if (entry == nullptr || !CDH_COVERS(entry, abi_minor)) fail(library, kTooShort);
  // Before anything that another version may have elsewhere.
  require_supported({entry->abi_major, entry->abi_minor}, library);
  if (!CDH_COVERS(entry, create_transform)) fail(library, kTooShort);
  const bool is_connector = entry->kind == CDH_CONNECTOR && entry->create_connector != nullptr;
  const bool is_transform = entry->kind == CDH_TRANSFORM && entry->create_transform != nullptr;
  if (!is_connector && !is_transform) fail(library, "is neither a connector nor a transform");
  return *entry;
}

PluginDescription describe(const cdh_plugin& entry, const std::filesystem::path& library) {
  PluginDescription about;
  about.kind = entry.kind == CDH_CONNECTOR ? PluginKind::connector : PluginKind::transform;
  about.name = view(entry.name);
  about.version = view(entry.version);
  about.description = view(entry.description);
  about.boundary = {entry.abi_major, entry.abi_minor};
  const bool are_readable =
      entry.options != nullptr && stride_covers(entry.option_stride, &cdh_option::help);
  if (entry.option_count > 0 && !are_readable) fail(library, "has options that cannot be read");
  for (std::size_t i = 0; i < entry.option_count; ++i) {
    about.options.push_back(option_of(item_at(entry.options, entry.option_stride, i), library));
  }
  return about;
}

}  // namespace cdh
