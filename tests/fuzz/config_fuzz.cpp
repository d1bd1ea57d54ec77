// Any bytes as a hub.yaml either parse or end in Error(config). What parses explains itself as YAML
// that parses again, unless secrets are masked in it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/error.hpp"
#include "hub/config/hub_config.hpp"
#include "hub/config/mapping_text.hpp"

namespace {

// The configuration, or nothing when the text is refused as it should be.
std::optional<cdh::HubConfig> parse(std::string_view yaml) {
  try {
    return cdh::parse_hub_config(yaml, "/fuzz/hub.yaml");
  } catch (const cdh::Error& error) {
    if (error.kind() != cdh::ErrorKind::config) std::abort();
    return std::nullopt;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view yaml(reinterpret_cast<const char*>(data), size);
  if (yaml.find("${file:") != yaml.npos) return 0;  // reads no files of the machine
  const std::optional<cdh::HubConfig> config = parse(yaml);
  if (!config) return 0;
  for (const cdh::SourceConfig& source : config->sources) {
    for (const cdh::StreamConfig& stream : source.streams) cdh::mapping_text(stream, source);
  }
  const std::string explained = cdh::explain(*config);
  if (explained.find("***") == explained.npos && !parse(explained)) std::abort();
  return 0;
}
