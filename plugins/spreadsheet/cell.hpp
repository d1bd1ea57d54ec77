// The cells of one row, whatever file format they came from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cdh/plugin.h>

namespace cdh::spreadsheet {

// No row holds more text than this, and one cell's beyond it: a file of a few bytes can name one long
// text for each of its cells.
inline constexpr std::size_t kMaxRowText = std::size_t{16} << 20;

// What stands in a cell. `type` says which member counts, as in cdh_value: CDH_ABSENT is a formula
// whose result was never stored, CDH_NULL an error such as #N/A. An empty cell is no Cell at all.
struct Cell {
  std::uint32_t column = 0;  // from 0
  cdh_type type = CDH_NULL;
  std::int64_t integer = 0;  // boolean, integer, date (days), local time (microseconds)
  std::string text;          // decimal, text

  void set_absent() { type = CDH_ABSENT; }
  void set_null() { type = CDH_NULL; }
  void set_integer(cdh_type kind, std::int64_t value) {
    type = kind;
    integer = value;
  }
  void set_text(std::string_view value) {
    type = CDH_TEXT;
    text.assign(value);
  }
  void set_decimal(std::string_view digits) {
    type = CDH_DECIMAL;
    text.assign(digits);
  }
  // Takes the value of another cell, not its place.
  void copy_value(const Cell& other);
  std::size_t text_bytes() const {
    return type == CDH_TEXT || type == CDH_DECIMAL ? text.size() : 0;
  }
};

// One row. Its memory is used again for the next one, so a row is kept and cleared, not made anew.
class SheetRow {
 public:
  // `origin` is "file.xlsx#Sheet", for messages.
  explicit SheetRow(std::string origin) : origin_(std::move(origin)) {}

  std::uint64_t number = 0;  // in the sheet, from 1

  void clear();
  // To be given its value before the next one. Throws PluginError(data) when the cells before it
  // hold more than kMaxRowText.
  Cell& add(std::uint32_t column);
  // Takes the last cell away again: it turned out to be empty.
  void drop_last() { --used_; }
  const Cell* find(std::uint32_t column) const;

  bool empty() const { return used_ == 0; }
  std::size_t size() const { return used_; }
  std::size_t text_bytes();  // of all its cells
  Cell* begin() { return cells_.data(); }
  Cell* end() { return cells_.data() + used_; }
  const Cell* begin() const { return cells_.data(); }
  const Cell* end() const { return cells_.data() + used_; }

 private:
  std::string origin_;
  std::vector<Cell> cells_;
  std::size_t used_ = 0;
  std::size_t measured_ = 0;  // cells of which text_bytes_ is the sum
  std::size_t text_bytes_ = 0;
};

}  // namespace cdh::spreadsheet
