#include "hub/plugin_host/plugin_description.hpp"

namespace cdh {

std::string_view name_of(PluginKind kind) {
  return kind == PluginKind::connector ? "connector" : "transform";
}

std::string_view name_of(OptionType type) {
  switch (type) {
    case OptionType::text:
      return "text";
    case OptionType::integer:
      return "whole number";
    case OptionType::boolean:
      return "true or false";
    case OptionType::text_list:
      return "list";
    case OptionType::text_map:
      return "map";
    case OptionType::path:
      return "path";
  }
  return "unknown";
}

}  // namespace cdh
