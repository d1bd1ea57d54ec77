// Merged cells: only the first cell of an area holds the value. Filling gives it to all of them.
#pragma once

#include <cstdint>
#include <vector>

#include "cell.hpp"
#include "cell_address.hpp"

namespace cdh::spreadsheet {

class MergedAreas {
 public:
  // Areas may be added in any order, but before their first row is filled. One that begins within
  // another, which no program allows, counts for nothing.
  void add(const CellRange& area);
  bool empty() const { return waiting_.empty() && open_.empty(); }
  // Fills the empty cells of the row that lie in an area. Rows must come in rising order. An empty
  // row stays empty: a merged cell alone makes no record.
  void fill(SheetRow& row);

 private:
  struct Area {
    CellRange range;
    Cell value;
    bool has_value = false;
  };
  void open_areas(const SheetRow& row);

  std::vector<Area> waiting_;  // a heap: the area with the smallest first row in front
  std::vector<Area> open_;     // begun, not yet ended
};

}  // namespace cdh::spreadsheet
