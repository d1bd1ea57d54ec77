// Any bytes as a hub.yaml either parse or end in Error(config). What parses explains itself as YAML
// that parses again, unless secrets are masked in it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "hub/base/error.hpp"
#include "hub/config/hub_config.hpp"
#include "hub/config/mapping_text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view yaml(reinterpret_cast<const char*>(data), size);
  if (yaml.find("${file:") != yaml.npos) return 0;  // reads no files of the machine
  try {
    const cdh::HubConfig config = cdh::parse_hub_config(yaml, "/fuzz/hub.yaml");
    const std::string explained = cdh::explain(config);
    for (const cdh::SourceConfig& source : config.sources) {
      for (const cdh::StreamConfig& stream : source.streams) cdh::mapping_text(stream, source);
    }
    if (explained.find("***") == explained.npos) cdh::parse_hub_config(explained, config.file);
  } catch (const cdh::Error& error) {
    if (error.kind() != cdh::ErrorKind::config) std::abort();
  }
  return 0;
}
