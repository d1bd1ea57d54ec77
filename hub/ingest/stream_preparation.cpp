#include "hub/ingest/stream_preparation.hpp"

#include <string_view>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/ingest/pipeline.hpp"

namespace cdh {

const StreamInfo& find_stream(const std::vector<StreamInfo>& offered, const StreamConfig& config) {
  std::vector<std::string_view> names;
  for (const StreamInfo& stream : offered) {
    if (stream.name == config.name) return stream;
    names.push_back(stream.name);
  }
  throw Error(ErrorKind::config, to_text(config.where) + ": the source has no stream \"" +
                                     config.name + "\"" + suggestion(config.name, names));
}

StreamTask prepare_stream(Database& database, const SourceConfig& source,
                          const StreamConfig& config, const std::vector<StreamInfo>& offered,
                          PluginRegistry& plugins) {
  const StreamInfo& info = find_stream(offered, config);
  StreamTask task;
  task.config = &config;
  task.stream_id = stream_id(database, source.name, config.name);
  task.mode = config.mode.value_or(info.incremental ? ReadMode::incremental : ReadMode::full);
  task.default_key = info.key;
  task.pipeline_fingerprint = pipeline_fingerprint(source, config, plugins);
  task.pipelines = pipelines(database, task.stream_id);
  return task;
}

}  // namespace cdh
