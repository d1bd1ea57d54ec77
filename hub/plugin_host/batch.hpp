// A batch of rows as it crossed the plugin boundary, seen in the hub's own words.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <cdh/plugin.h>

#include "hub/model/value.hpp"

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
  std::string_view rejection;  // not empty: quarantine it, because; valid UTF-8
  std::string_view rejected_field;
};

// Owns what the plugin returned; released with the last copy, from whichever thread. Reading is
// thread-safe. A batch must be gone before its connector or transform is.
class Batch {
 public:
  // Takes over a filled batch. Checks all of it first (strides, pointers, types; not whether text
  // of values is UTF-8), so that reading needs no check, and throws Error(plugin) when it breaks
  // the contract. What is said about the rows (origin, position unit, rejections) is made valid
  // UTF-8: it may hold a file name or a piece of a broken record. A row with a double that is NaN or
  // infinite becomes a rejected one, unless it is a deletion. `keep_alive` is what its text may
  // point into: the input batch of a transform.
  static Batch adopt(cdh_batch&& raw, std::shared_ptr<const void> keep_alive = nullptr);

  // Builds a batch of the hub's own, one row of `values` each: stored raw records on their way
  // through the transforms again. `raw`: the rows' own text, or nothing. All text must outlive the
  // batch; `keep_alive` may be what holds it.
  static Batch from_values(const std::vector<Column>& columns,
                           const std::vector<std::vector<Value>>& rows,
                           std::shared_ptr<const void> keep_alive = nullptr,
                           const std::vector<std::string_view>& raw = {});

  std::size_t row_count() const { return row_count_; }
  std::size_t column_count() const { return column_count_; }
  // Made anew for each call.
  std::vector<Column> columns() const;
  // Equal and not 0 for two batches of one plugin instance: the same columns.
  std::uint64_t schema_serial() const;

  RowInfo row(std::size_t row) const;
  // Inline, for it is called for every field of every record.
  Value value(std::size_t row, std::size_t column) const {
    return to_value(values_[row * column_count_ + column]);
  }

  std::string_view origin() const;         // file, URL, mailbox
  std::string_view position_unit() const;  // "line", "row"
  std::string_view resume_state() const;   // empty: reading cannot resume after this batch

  const cdh_batch& raw() const;
  std::shared_ptr<const void> owner() const;

 private:
  struct Data;
  explicit Batch(std::shared_ptr<const Data> data);
  static Value to_value(const cdh_value& raw);

  std::shared_ptr<const Data> data_;
  const cdh_value* values_;
  std::size_t row_count_;
  std::size_t column_count_;
};

inline Value Batch::to_value(const cdh_value& raw) {
  Value value;
  value.type = static_cast<ValueType>(raw.type);
  value.offset_minutes = raw.offset_minutes;
  switch (value.type) {
    case ValueType::decimal:
    case ValueType::text:
    case ValueType::bytes:
    case ValueType::json:
      if (raw.as.text != nullptr) value.text = {raw.as.text, raw.length};
      break;
    case ValueType::real:
      value.real = raw.as.real;
      break;
    default:
      value.integer = raw.as.integer;
  }
  return value;
}

}  // namespace cdh
