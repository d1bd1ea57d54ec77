#include "xls_sheet.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <cdh/plugin.hpp>

#include "biff_record.hpp"
#include "cell_address.hpp"
#include "merged_areas.hpp"
#include "number_value.hpp"

namespace cdh::spreadsheet {
namespace {

// [MS-XLS] 2.5.217: 30 bits of an integer or of a double's upper half, perhaps times 100.
double rk_number(std::uint32_t rk) {
  double number = 0;
  if ((rk & 2) != 0) {
    number = static_cast<double>(static_cast<std::int32_t>(rk) >> 2);
  } else {
    const std::uint64_t bits = std::uint64_t{rk & 0xFFFFFFFC} << 32;
    std::memcpy(&number, &bits, sizeof number);
  }
  return (rk & 1) != 0 ? number / 100 : number;
}

class XlsSheet final : public SheetReader {
 public:
  XlsSheet(std::shared_ptr<const XlsContext> context, std::size_t at, const ReadOptions& options)
      : context_(std::move(context)),
        stream_(context_->stream, context_->place),
        options_(options) {
    list_cells(at);
  }

  bool next(SheetRow& row) override {
    if (options_.cancelled != nullptr && *options_.cancelled) fail_cancelled();
    row.clear();
    while (row.empty() && next_ < cells_.size()) {
      const std::uint16_t number = cells_[next_].row;
      row.number = std::uint64_t{number} + 1;
      for (; next_ < cells_.size() && cells_[next_].row == number; ++next_) {
        read_cell(row, cells_[next_]);
      }
      if (!merged_.empty()) merged_.fill(row);
    }
    return !row.empty();
  }

 private:
  // Where a cell's record stands, and for one of several numbers in a record, which.
  struct CellPlace {
    std::uint16_t row = 0, column = 0;
    std::size_t record = 0;
  };

  // Programs write cells row by row, but nothing demands it.
  void list_cells(std::size_t at) {
    BiffRecord record = biff_record(stream_, at);
    if (record.type != BiffType::beginning) stream_.fail_damaged();
    std::size_t depth = 0;  // a chart among the cells is a stream of its own
    for (;; record = biff_record(stream_, record.end())) {
      if (record.type == BiffType::beginning) ++depth;
      if (record.type == BiffType::end_of_file && --depth == 0) break;
      if (depth == 1) list_record(record);
    }
    std::stable_sort(cells_.begin(), cells_.end(), [](const CellPlace& a, const CellPlace& b) {
      return a.row != b.row ? a.row < b.row : a.column < b.column;
    });
  }

  void list_record(const BiffRecord& record) {
    switch (record.type) {
      case BiffType::formula:
      case BiffType::rich_string:
      case BiffType::label_shared:
      case BiffType::number:
      case BiffType::label:
      case BiffType::bool_or_error:
      case BiffType::rk:
        cells_.push_back({record.data.u16(0), record.data.u16(2), record.at});
        break;
      case BiffType::multiple_rk: {
        const std::uint16_t first = record.data.u16(2);
        for (std::size_t i = 0; 6 * i + 12 <= record.data.size(); ++i) {
          cells_.push_back({record.data.u16(0), static_cast<std::uint16_t>(first + i), record.at});
        }
        break;
      }
      case BiffType::merged_cells:
        if (options_.fill_merged) list_merged(record.data);
        break;
      default:
        break;
    }
  }

  void list_merged(const BinaryView& data) {
    for (std::size_t i = 0, at = 2; i < data.u16(0); ++i, at += 8) {
      merged_.add({std::uint64_t{data.u16(at)} + 1, std::uint64_t{data.u16(at + 2)} + 1,
                   data.u16(at + 4),
                   std::min<std::uint32_t>(data.u16(at + 6), options_.max_cells_per_row - 1)});
    }
  }

  void read_cell(SheetRow& row, const CellPlace& place) {
    if (place.column >= options_.max_cells_per_row) {
      fail_data(context_->place + ": " + too_wide(row.number, place.column, options_),
                "max_cells_per_row");
    }
    const BiffRecord record = biff_record(stream_, place.record);
    const BinaryView& data = record.data;
    Cell& cell = row.add(place.column);
    switch (record.type) {
      case BiffType::number:
        return set_number(cell, data.real(6), data.u16(4));
      case BiffType::rk:
        return set_number(cell, rk_number(data.u32(6)), data.u16(4));
      case BiffType::multiple_rk: {
        const std::size_t at = 4 + std::size_t{6} * (place.column - data.u16(2));
        return set_number(cell, rk_number(data.u32(at + 2)), data.u16(at));
      }
      case BiffType::label_shared: {
        const std::uint32_t index = data.u32(6);
        if (index >= context_->strings.size()) stream_.fail_damaged();
        return set_text(row, cell, context_->strings[index]);
      }
      case BiffType::bool_or_error:
        return set_bool_or_error(row, cell, data.u8(7) != 0, data.u8(6));
      case BiffType::formula:
        return set_result(row, cell, record);
      default:  // label, rich_string
        return set_text(row, cell, BiffReader(stream_, record, 6).string());
    }
  }

  void set_number(Cell& cell, double number, std::size_t style) const {
    const NumberFormat format =
        style < context_->formats.size() ? context_->formats[style] : NumberFormat{};
    set_formatted_number(cell, number, format, context_->epoch);
  }

  static void set_text(SheetRow& row, Cell& cell, const std::string& text) {
    if (text.empty()) return row.drop_last();
    cell.set_text(text);
  }

  void set_bool_or_error(const SheetRow& row, Cell& cell, bool is_error, std::uint8_t value) {
    if (!is_error) return cell.set_integer(CDH_BOOLEAN, value != 0 ? 1 : 0);
    cell.set_null();
    errors.note(row.number, cell.column);
  }

  // [MS-XLS] 2.5.133: a number, unless its upper 16 bits are all ones.
  void set_result(SheetRow& row, Cell& cell, const BiffRecord& record) {
    const BinaryView& data = record.data;
    if (data.u16(12) != 0xFFFF) return set_number(cell, data.real(6), data.u16(4));
    switch (data.u8(6)) {
      case 0:
        return set_text(row, cell, result_text(record));
      case 1:
      case 2:
        return set_bool_or_error(row, cell, data.u8(6) == 2, data.u8(8));
      default:
        return row.drop_last();  // an empty text
    }
  }

  // A text stands in a record of its own, after those of a shared formula.
  std::string result_text(const BiffRecord& formula) const {
    BiffRecord record = biff_record(stream_, formula.end());
    for (int i = 0; i < 8 && record.type != BiffType::string; ++i) {
      record = biff_record(stream_, record.end());
    }
    if (record.type != BiffType::string) stream_.fail_damaged();
    return BiffReader(stream_, record, 0).string();
  }

  std::shared_ptr<const XlsContext> context_;
  const BinaryView stream_;
  const ReadOptions options_;
  std::vector<CellPlace> cells_;
  std::size_t next_ = 0;
  MergedAreas merged_;
};

}  // namespace

std::unique_ptr<SheetReader> open_xls_sheet(std::shared_ptr<const XlsContext> context,
                                            std::size_t at, const ReadOptions& options) {
  return std::make_unique<XlsSheet>(std::move(context), at, options);
}

}  // namespace cdh::spreadsheet
