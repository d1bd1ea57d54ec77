// A batch of rows as it crossed the plugin boundary, seen in the hub's own words.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/model/value.hpp"

struct cdh_batch;

namespace cdh {

struct Column {
  std::string name;
  ValueType type = ValueType::text;
  friend bool operator==(const Column&, const Column&) = default;
};

// What is known about one row besides its values. Views live as long as the batch.
struct RowInfo {
  std::uint64_t position = 0;    // in the batch's origin, from 1; 0 = unknown
  std::uint32_t source_row = 0;  // of the input batch, after a transform
  bool deleted = false;
  std::string_view raw;        // bytes as the source gave them, often empty
  std::string_view rejection;  // not empty: quarantine it, because
  std::string_view rejected_field;
};

// Owns what the plugin returned; released with the last copy, from whichever thread. Reading is
// thread-safe. A batch must be gone before its connector or transform is.
class Batch {
 public:
  // Takes over a filled batch. Checks it first (widths, types, text inside UTF-8 bounds is not
  // checked here) and throws Error(plugin) when it breaks the contract. `keep_alive` is what its
  // text may point into: the input batch of a transform.
  static Batch adopt(cdh_batch&& raw, std::shared_ptr<const void> keep_alive = nullptr);

  // Builds a batch of the hub's own, one row of `values` each: stored raw records on their way
  // through the transforms again. The values' text must outlive the batch; `keep_alive` may be what
  // holds it.
  static Batch from_values(const std::vector<Column>& columns,
                           const std::vector<std::vector<Value>>& rows,
                           std::shared_ptr<const void> keep_alive = nullptr);

  std::size_t row_count() const;
  std::size_t column_count() const;
  // Made anew for each call.
  std::vector<Column> columns() const;
  // Equal and not 0 for two batches of one plugin instance: the same columns.
  std::uint64_t schema_serial() const;

  RowInfo row(std::size_t row) const;
  Value value(std::size_t row, std::size_t column) const;

  std::string_view origin() const;         // file, URL, mailbox
  std::string_view position_unit() const;  // "line", "row"
  std::string_view resume_state() const;   // empty: reading cannot resume after this batch

  const cdh_batch& raw() const;
  std::shared_ptr<const void> owner() const;

 private:
  struct Data;
  explicit Batch(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  std::shared_ptr<const Data> data_;
};

}  // namespace cdh
