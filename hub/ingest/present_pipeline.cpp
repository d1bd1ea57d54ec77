#include "hub/ingest/present_pipeline.hpp"

#include <utility>

#include "hub/ingest/offered_stream.hpp"

namespace cdh {

PresentPipeline::PresentPipeline(StreamTask& task, IdCounters& ids) : task_(task), ids_(ids) {
  for (const StoredPipeline& pipeline : task.pipelines) {
    if (pipeline.fingerprint == task.pipeline_fingerprint) alike_.push_back(pipeline.id);
  }
}

std::optional<StoredPipeline> PresentPipeline::use(const Batch& batch) {
  const bool same = batch.schema_serial() != 0 && batch.schema_serial() == schema_serial_;
  if (same && !columns_.empty()) return std::nullopt;
  std::vector<Column> columns = batch.columns();
  schema_serial_ = batch.schema_serial();
  if (columns == columns_) return std::nullopt;
  columns_ = std::move(columns);
  absent_ = absent_columns(task_.offered, columns_);
  const std::string json = columns_to_json(columns_);
  order_ = ColumnOrder(columns_);
  for (const StoredPipeline& pipeline : task_.pipelines) {
    if (pipeline.fingerprint != task_.pipeline_fingerprint || pipeline.columns != json) continue;
    id_ = pipeline.id;
    return std::nullopt;
  }
  id_ = ++ids_.pipeline;
  alike_.push_back(id_);
  task_.pipelines.push_back({id_, task_.pipeline_fingerprint, json});
  return task_.pipelines.back();
}

}  // namespace cdh
