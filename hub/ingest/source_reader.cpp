#include "hub/ingest/source_reader.hpp"

#include <exception>
#include <utility>

#include "hub/ingest/pipeline.hpp"
#include "hub/ingest/stream_preparation.hpp"

namespace cdh {

namespace {

LandingBatch failed(const SourceReader::Stream& stream, const StreamCounts& counts,
                    const std::exception& failure) {
  LandingBatch batch;
  batch.stream = stream.index;
  batch.counts = counts;
  batch.failure = failure.what();
  return batch;
}

}  // namespace

SourceReader::SourceReader(const SourceConfig& config, std::vector<Stream> streams,
                           PluginRegistry& plugins, IdCounters& ids)
    : config_(config), streams_(std::move(streams)), plugins_(plugins), ids_(ids) {}

void SourceReader::read(const Sink& sink) {
  try {
    if (!connect()) return;
    const std::vector<StreamInfo> offered = connector_->discover();
    for (Stream& stream : streams_) {
      add_offer(offered, config_, plugins_, stream.task);
      stream.transforms = make_transforms(*stream.task.config, plugins_);
    }
  } catch (const std::exception& failure) {
    for (const Stream& stream : streams_) sink(failed(stream, {}, failure));
    return;
  }
  for (Stream& stream : streams_) {
    if (!read(stream, sink)) return;
  }
}

void SourceReader::cancel() {
  const std::lock_guard lock(cancelling_);
  is_cancelled_ = true;
  if (connector_) connector_->cancel();
}

// False when it was cancelled before there was a connector to tell.
bool SourceReader::connect() {
  Connector connector = plugins_.connect(config_);
  const std::lock_guard lock(cancelling_);
  if (!is_cancelled_) connector_ = std::move(connector);
  return connector_.has_value();
}

bool SourceReader::read(Stream& stream, const Sink& sink) {
  StreamCounts counts;
  try {
    StreamReader reader(stream.task, config_, std::move(stream.transforms), ids_,
                        [&](LandingBatch batch) {
                          batch.stream = stream.index;
                          counts = batch.counts;
                          return sink(std::move(batch));
                        });
    return reader.read(*connector_);
  } catch (const std::exception& failure) {
    return sink(failed(stream, counts, failure));
  }
}

}  // namespace cdh
