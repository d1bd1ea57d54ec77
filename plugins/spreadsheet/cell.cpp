#include "cell.hpp"

namespace cdh::spreadsheet {

void Cell::copy_value(const Cell& other) {
  type = other.type;
  integer = other.integer;
  text = other.text;
}

Cell& SheetRow::add(std::uint32_t column) {
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
