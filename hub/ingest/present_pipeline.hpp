// The pipeline that rows go through now. A new set of columns is a new one, by which the store keeps
// what the values of a raw record are. What has no column is as absent to the mapping as what has no
// value, so that all of them with the same transforms and mapping make the same of equal rows.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "hub/ingest/batch_rows.hpp"
#include "hub/ingest/stream_task.hpp"

namespace cdh {

class PresentPipeline {
 public:
  // Both must outlive it.
  PresentPipeline(StreamTask& task, IdCounters& ids);

  // To be called with each batch, before its rows are looked at. Returns what is to be stored when
  // no pipeline of the stream had these columns.
  std::optional<StoredPipeline> use(const Batch& batch);

  std::int64_t id() const { return id_; }
  // It, and those that make the same of equal rows.
  const std::vector<std::int64_t>& alike() const { return alike_; }
  // Offered columns that these rows lack.
  const std::vector<Column>& absent() const { return absent_; }
  const ColumnOrder& order() const { return order_; }

 private:
  StreamTask& task_;
  IdCounters& ids_;
  std::vector<Column> columns_, absent_;
  ColumnOrder order_;
  std::vector<std::int64_t> alike_;
  std::uint64_t schema_serial_ = 0;
  std::int64_t id_ = 0;
};

}  // namespace cdh
