// A batch's rows and columns in the forms in which the store keeps them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "hub/base/hash.hpp"
#include "hub/plugin_host/batch.hpp"
#include "hub/store/record_reader.hpp"

namespace cdh {

// The batch's columns as pipeline.columns keeps them, and back. Throws Error(store) when they were
// damaged there.
std::string columns_to_json(const std::vector<Column>& columns);
std::vector<Column> columns_from_json(const std::string& json);

std::string row_to_json(const Batch& batch, std::size_t row);

// Columns in an order of their own, whatever order their source has them in; to be made once for all
// rows of a set of columns.
class ColumnOrder {
 public:
  ColumnOrder() = default;
  explicit ColumnOrder(const std::vector<Column>& columns);

 private:
  friend Fingerprint fingerprint_row(const Batch&, std::size_t, const ColumnOrder&, std::string&);
  struct Place {
    std::uint64_t name;  // its hash
    std::size_t column;
  };
  std::vector<Place> places_;
};

// Of a row's values, each with its type and its column's name, and of its own text where the
// connector kept that. What is absent has no part in it: a row is the same in another order of
// columns, or beside others that have more of them.
Fingerprint fingerprint_row(const Batch& batch, std::size_t row, const ColumnOrder& order,
                            std::string& scratch);

// The given rows alone, with further columns of which they have no value. Their text still belongs
// to `batch`, which they keep alive.
Batch subset(const Batch& batch, const std::vector<std::size_t>& rows,
             const std::vector<Column>& absent = {});

// Stored raw records as rows again. Owns its text. A record that does not come back as it was read
// is left out, since it would be another one: what the raw form does not keep (that it was a
// deletion, or text that is no UTF-8) shows in its fingerprint.
struct RestoredRows {
  Batch batch;
  std::vector<std::size_t> places;  // of each row, its place among the records given
};
// `columns`: those that the records were read under.
RestoredRows restore_rows(const std::vector<Column>& columns,
                          const std::vector<StoredRaw>& records);

}  // namespace cdh
