// Configurations as text, and what parsing them ends with.
#pragma once

#include <string>
#include <string_view>

#include "hub/base/error.hpp"
#include "hub/config/hub_config.hpp"

namespace cdh {

inline constexpr std::string_view kMinimal = "hub: { store: sqlite://c.db }\nsources: {}\n";

// The lines of the error, each without the leading "hub.yaml:"; empty when there is none.
inline std::string faults_of(std::string_view yaml) {
  try {
    parse_hub_config(yaml, "hub.yaml");
    return {};
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::config) return "not an Error(config)";
    std::string text = "\n" + std::string(error.what());
    for (std::size_t at = 0; (at = text.find("\nhub.yaml:", at)) != text.npos; ++at) {
      text.erase(at + 1, std::string_view("hub.yaml:").size());
    }
    return text.substr(1);
  }
}

// A file with one source "crm" and one stream "people"; `stream` is the stream's YAML in flow
// style.
inline std::string with_stream(std::string_view stream) {
  return std::string(
             "hub: { store: sqlite://c.db }\nsources: { crm: { connector: csv, streams:\n") +
         "{ people: " + std::string(stream) + " } } }\n";
}

// The same with one item of `map` in line 3.
inline std::string with_mapping(std::string_view item) {
  return with_stream("{ map: [" + std::string(item) + "] }");
}

}  // namespace cdh
