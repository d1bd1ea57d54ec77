#include "hub/plugin_host/secret_options.hpp"

#include <algorithm>
#include <initializer_list>

#include "hub/base/error.hpp"

namespace cdh {

namespace {

Setting* find(Setting& map, std::string_view name) {
  for (auto& [key, member] : map.members) {
    if (key == name) return &member;
  }
  return nullptr;
}

void mark(Setting& setting) {
  setting.secret = true;
  for (Setting& item : setting.items) mark(item);
  for (auto& [key, member] : setting.members) mark(member);
}

bool is_isolated(const Setting& setting) {
  const Setting* isolate = setting.find("isolate");
  return isolate != nullptr && isolate->text == "true";
}

// `hubs_own`: the keys in `settings` that are not the plugin's.
void mark_options(Setting& settings, std::string_view plugin_name, bool isolated,
                  std::initializer_list<std::string_view> hubs_own, PluginRegistry& plugins) {
  const Plugin* plugin = nullptr;
  try {
    plugin = &plugins.any(plugin_name, isolated);
  } catch (const Error&) {
    // `cdh check` says why.
  }
  for (auto& [key, member] : settings.members) {
    if (std::find(hubs_own.begin(), hubs_own.end(), key) != hubs_own.end()) continue;
    const auto is_secret = [&name = key](const PluginOption& option) {
      return option.secret && option.name == name;
    };
    if (plugin == nullptr ||
        std::any_of(plugin->options().begin(), plugin->options().end(), is_secret)) {
      mark(member);
    }
  }
}

}  // namespace

void mark_secret_options(Setting& document, PluginRegistry& plugins) {
  Setting* sources = find(document, "sources");
  if (sources == nullptr) return;
  for (auto& [source_name, source] : sources->members) {
    const Setting* connector = source.find("connector");
    if (Setting* config = find(source, "config"); config != nullptr && connector != nullptr) {
      mark_options(*config, connector->text, is_isolated(source), {}, plugins);
    }
    Setting* streams = find(source, "streams");
    if (streams == nullptr) continue;
    for (auto& [stream_name, stream] : streams->members) {
      Setting* transforms = find(stream, "transforms");
      if (transforms == nullptr) continue;
      for (Setting& transform : transforms->items) {
        const Setting* use = transform.find("use");
        if (use == nullptr) continue;
        mark_options(transform, use->text, is_isolated(transform), {"use", "isolate"}, plugins);
      }
    }
  }
}

}  // namespace cdh
