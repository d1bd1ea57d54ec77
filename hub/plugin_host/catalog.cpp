#include "hub/plugin_host/catalog.hpp"

#include <memory>

#include "hub/plugin_host/boundary_view.hpp"

namespace cdh {

namespace {

// Before it, the byte of cdh_stream.open was padding, and may hold anything.
constexpr std::uint32_t kFirstWithOpenStreams = 2;

void release(cdh_catalog* catalog) {
  if (catalog->release != nullptr) catalog->release(catalog);
}

StreamInfo stream_of(const cdh_stream& raw, std::uint32_t abi_minor) {
  StreamInfo stream;
  stream.name = view(raw.name);
  stream.description = view(raw.description);
  if (raw.schema != nullptr) {
    check_schema(*raw.schema);
    stream.columns = columns_of(*raw.schema);
  }
  if (raw.key_count > 0 && raw.key == nullptr) fail_contract("a stream without its key");
  for (std::size_t i = 0; i < raw.key_count; ++i) stream.key.emplace_back(view(raw.key[i]));
  stream.incremental = raw.incremental != 0;
  stream.open = abi_minor >= kFirstWithOpenStreams && raw.open != 0;
  return stream;
}

}  // namespace

std::vector<StreamInfo> take_catalog(cdh_catalog&& catalog, std::uint32_t abi_minor) {
  if (!CDH_COVERS(&catalog, release)) fail_contract("a catalog shorter than version 0.1 defines");
  const std::unique_ptr<cdh_catalog, decltype(&release)> released_at_last(&catalog, &release);
  const bool are_readable =
      catalog.streams != nullptr && stride_covers(catalog.stream_stride, &cdh_stream::incremental);
  if (catalog.count > 0 && !are_readable) fail_contract("streams that cannot be read");
  std::vector<StreamInfo> streams;
  for (std::size_t i = 0; i < catalog.count; ++i) {
    streams.push_back(stream_of(item_at(catalog.streams, catalog.stream_stride, i), abi_minor));
  }
  return streams;
}

}  // namespace cdh
