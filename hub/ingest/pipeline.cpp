#include "hub/ingest/pipeline.hpp"

#include "hub/base/error.hpp"
#include "hub/base/hash.hpp"
#include "hub/config/mapping_text.hpp"

namespace cdh {

namespace {

// Raised when the hub itself maps a record differently than before: normalisation, field kinds, times.
constexpr std::uint64_t kMappingVersion = 7;

const Plugin& plugin_of(const TransformConfig& transform, PluginRegistry& plugins) {
  try {
    return plugins.transform(transform.plugin, transform.isolate);
  } catch (Error& error) {
    error.add_context(to_text(transform.where));
    throw;
  }
}

}  // namespace

std::uint64_t pipeline_fingerprint(const SourceConfig& source, const StreamConfig& stream,
                                   PluginRegistry& plugins) {
  std::uint64_t fingerprint = hash64(mapping_text(stream, source), kMappingVersion);
  for (const TransformConfig& transform : stream.transforms) {
    const std::uint64_t own = plugin_of(transform, plugins).fingerprint(transform.settings);
    fingerprint = hash64({reinterpret_cast<const char*>(&own), sizeof own}, fingerprint);
  }
  return fingerprint;
}

std::vector<Transform> make_transforms(const StreamConfig& stream, PluginRegistry& plugins) {
  std::vector<Transform> transforms;
  for (const TransformConfig& transform : stream.transforms) {
    transforms.push_back(plugin_of(transform, plugins).transform(transform.settings));
  }
  return transforms;
}

}  // namespace cdh
