// Reads one source: connects, finds out what it offers, and reads its streams one after another.
// All of it on the source's own thread, so that a source that keeps one waiting keeps no other
// waiting. Never touches the store.
#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/ingest/stream_reader.hpp"
#include "hub/ingest/stream_task.hpp"
#include "hub/plugin_host/plugin_registry.hpp"

namespace cdh {

class SourceReader {
 public:
  struct Stream {
    std::size_t index;  // among all streams of the run
    // As the store knows it; what the connector offers is added before it is read.
    StreamTask task;
    std::vector<Transform> transforms = {};
  };
  using Sink = StreamReader::Sink;

  // Everything given must outlive the reader.
  SourceReader(const SourceConfig& config, std::vector<Stream> streams, PluginRegistry& plugins,
               IdCounters& ids);

  // To be called once. Hands on what there is; of a stream that cannot be read to its end, the last
  // batch says why, and when the source cannot be reached, that of each stream. Throws nothing.
  void read(const Sink& sink);
  // From any thread, once the sink takes nothing more: read() returns as soon as the connector does.
  void cancel();

  const SourceConfig& config() const { return config_; }
  // Of the thread that reads until read() has returned.
  std::vector<Stream>& streams() { return streams_; }

 private:
  bool connect();
  bool read(Stream& stream, const Sink& sink);

  const SourceConfig& config_;
  std::vector<Stream> streams_;
  PluginRegistry& plugins_;
  IdCounters& ids_;
  std::mutex cancelling_;  // guards the next two against cancel()
  bool is_cancelled_ = false;
  std::optional<Connector> connector_;
};

}  // namespace cdh
