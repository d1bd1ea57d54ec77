#include "hub/ingest/stream_preparation.hpp"

#include "hub/base/time.hpp"
#include "hub/ingest/offered_stream.hpp"
#include "hub/ingest/pipeline.hpp"

namespace cdh {

StreamTask known_stream(Database& database, const SourceConfig& source,
                        const StreamConfig& config) {
  StreamTask task;
  task.config = &config;
  task.limits = source.limits;
  task.now = now_micros();
  task.stream_id = stream_id(database, source.name, config.name);
  task.pipelines = pipelines(database, task.stream_id);
  return task;
}

void add_offer(const std::vector<StreamInfo>& offered, const SourceConfig& source,
               PluginRegistry& plugins, StreamTask& task) {
  const StreamConfig& config = *task.config;
  const StreamInfo& info = find_stream(offered, config);
  task.mode = config.mode.value_or(info.incremental ? ReadMode::incremental : ReadMode::full);
  task.default_key = info.key;
  task.offered = info.columns;
  task.open = info.open;
  task.pipeline_fingerprint = pipeline_fingerprint(source, config, plugins);
}

}  // namespace cdh
