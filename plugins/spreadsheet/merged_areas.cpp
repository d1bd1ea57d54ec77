#include "merged_areas.hpp"

#include <algorithm>
#include <utility>

namespace cdh::spreadsheet {
namespace {

constexpr auto kLater = [](const auto& a, const auto& b) {
  return a.range.first_row > b.range.first_row;
};

}  // namespace

void MergedAreas::add(const CellRange& area) {
  waiting_.push_back({area, {}, false});
  std::push_heap(waiting_.begin(), waiting_.end(), kLater);
}

void MergedAreas::open_areas(const SheetRow& row) {
  while (!waiting_.empty() && waiting_.front().range.first_row <= row.number) {
    std::pop_heap(waiting_.begin(), waiting_.end(), kLater);
    Area area = std::move(waiting_.back());
    waiting_.pop_back();
    const bool overlaps = std::any_of(open_.begin(), open_.end(), [&](const Area& other) {
      return other.range.has_column(area.range.first_column);
    });
    if (area.range.first_row == row.number && !overlaps) {
      if (const Cell* first = row.find(area.range.first_column)) {
        area.value = *first;
        area.has_value = true;
      }
    }
    if (area.has_value) open_.push_back(std::move(area));
  }
}

void MergedAreas::fill(SheetRow& row) {
  open_.erase(std::remove_if(open_.begin(), open_.end(),
                             [&](const Area& area) { return area.range.last_row < row.number; }),
              open_.end());
  open_areas(row);
  if (row.empty()) return;
  for (const Area& area : open_) {
    for (std::uint32_t column = area.range.first_column; column <= area.range.last_column;
         ++column) {
      if (row.find(column) == nullptr) row.add(column).copy_value(area.value);
    }
  }
}

}  // namespace cdh::spreadsheet
