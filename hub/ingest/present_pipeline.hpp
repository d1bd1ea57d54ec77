// The pipeline that rows go through now. A new set of columns is a new pipeline, since the mapping
// looks at them by name.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "hub/ingest/stream_task.hpp"

namespace cdh {

class PresentPipeline {
 public:
  // Both must outlive it.
  PresentPipeline(StreamTask& task, IdCounters& ids) : task_(task), ids_(ids) {}

  // To be called with each batch, before its rows are looked at. Returns what is to be stored when
  // no pipeline of the stream had these columns.
  std::optional<StoredPipeline> use(const Batch& batch);

  std::int64_t id() const { return id_; }
  // Offered columns that these rows lack.
  const std::vector<Column>& absent() const { return absent_; }
  // What KnownRecords and KnownQuarantine know a row by.
  Fingerprint identity(const Fingerprint& raw) const { return raw_identity(raw, columns_id_); }

 private:
  StreamTask& task_;
  IdCounters& ids_;
  std::vector<Column> columns_, absent_;
  Fingerprint columns_id_;
  std::uint64_t schema_serial_ = 0;
  std::int64_t id_ = 0;
};

}  // namespace cdh
