#include "cell.hpp"

#include <cdh/plugin.hpp>

namespace cdh::spreadsheet {
namespace {

// A cell of a row to come keeps no more memory than this.
constexpr std::size_t kKeptText = 4096;

}  // namespace

void Cell::copy_value(const Cell& other) {
  type = other.type;
  integer = other.integer;
  text = other.text;
}

void SheetRow::clear() {
  for (Cell& cell : *this) {
    if (cell.text.capacity() > kKeptText) cell.text = {};
  }
  used_ = measured_ = text_bytes_ = 0;
}

std::size_t SheetRow::text_bytes() {
  for (; measured_ < used_; ++measured_) text_bytes_ += cells_[measured_].text_bytes();
  return text_bytes_;
}

Cell& SheetRow::add(std::uint32_t column) {
  if (text_bytes() > kMaxRowText) {
    fail_data(origin_ + ": row " + std::to_string(number) +
              " holds more than 16 MiB of text; shorten it");
  }
  if (used_ == cells_.size()) cells_.emplace_back();
  Cell& cell = cells_[used_++];
  cell.column = column;
  cell.type = CDH_NULL;
  return cell;
}

const Cell* SheetRow::find(std::uint32_t column) const {
  for (const Cell& cell : *this) {
    if (cell.column == column) return &cell;
  }
  return nullptr;
}

}  // namespace cdh::spreadsheet
