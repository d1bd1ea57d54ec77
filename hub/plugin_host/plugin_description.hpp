// What a plugin says about itself, in the hub's own words.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cdh {

enum class PluginKind { connector, transform };
enum class OptionType { text, integer, boolean, text_list, text_map, path };

// As people and manifests read them: "connector", "whole number".
std::string_view name_of(PluginKind kind);
std::string_view name_of(OptionType type);

struct PluginOption {
  std::string name;
  OptionType type = OptionType::text;
  bool required = false;
  bool secret = false;
  std::string default_value;  // as in hub.yaml; empty = none
  std::vector<std::string> choices;
  std::string help;
  friend bool operator==(const PluginOption&, const PluginOption&) = default;
};

// Of the plugin boundary, which plugin.h defines.
struct BoundaryVersion {
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  friend auto operator<=>(const BoundaryVersion&, const BoundaryVersion&) = default;
};

struct PluginDescription {
  PluginKind kind = PluginKind::connector;
  std::string name, version, description;
  BoundaryVersion boundary;  // it was built for
  std::vector<PluginOption> options;
  friend bool operator==(const PluginDescription&, const PluginDescription&) = default;
};

}  // namespace cdh
