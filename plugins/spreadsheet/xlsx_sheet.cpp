#include "xlsx_sheet.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <utility>

#include <cdh/plugin.hpp>

#include "cell_address.hpp"
#include "number_value.hpp"

namespace cdh::spreadsheet {
namespace {

constexpr std::size_t kMaxMergedAreas = 1'000'000;

// The attribute t of a cell: what its <v> or <is> holds.
enum class CellKind { number, shared, text, boolean, error, date };

CellKind kind_of(std::string_view t) {
  if (t.empty() || t == "n") return CellKind::number;
  if (t == "s") return CellKind::shared;
  if (t == "b") return CellKind::boolean;
  if (t == "e") return CellKind::error;
  if (t == "d") return CellKind::date;
  return CellKind::text;  // str, inlineStr
}

class XlsxSheet final : public SheetReader, private XmlHandler {
 public:
  XlsxSheet(std::unique_ptr<ByteSource> source, std::string place,
            std::shared_ptr<const XlsxContext> context, MergedAreas merged,
            const ReadOptions& options)
      : xml_(std::move(source), *this, std::move(place)),
        context_(std::move(context)),
        merged_(std::move(merged)),
        options_(options) {}

  bool next(SheetRow& row) override {
    row_ = &row;
    row.clear();
    if (!xml_.advance()) return false;
    if (!merged_.empty()) merged_.fill(row);
    return true;
  }

 private:
  void start(std::string_view name, const XmlAttributes& attributes) override {
    name = local_name(name);
    if (name == "c") {
      start_cell(attributes);
    } else if (name == "v" || name == "t") {
      collecting_ = in_cell_ && !phonetic_;
      has_value_ = has_value_ || collecting_;
    } else if (name == "row") {
      start_row(attributes);
    } else if (name == "f") {
      formula_ = true;
    } else if (name == "rPh") {
      phonetic_ = true;
    }
  }

  void end(std::string_view name) override {
    name = local_name(name);
    if (name == "c") {
      if (in_cell_) finish_cell();
      in_cell_ = false;
    } else if (name == "v" || name == "t") {
      collecting_ = false;
    } else if (name == "row") {
      in_row_ = false;
      if (!row_->empty()) xml_.pause();
    } else if (name == "rPh") {
      phonetic_ = false;
    }
  }

  void text(std::string_view piece) override {
    if (!collecting_) return;
    if (value_.size() + piece.size() > kMaxCellText) {
      xml_.fail("cell " + cell_name(row_number_, column_) +
                " is longer than 1 MiB, which no spreadsheet program writes");
    }
    value_.append(piece);
  }

  // The number may be left out: then it is one more than the last.
  void start_row(const XmlAttributes& attributes) {
    std::uint64_t number = row_number_ + 1;
    if (const char* given = attributes.find("r")) {
      const std::string_view digits = given;
      const auto [end, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), number);
      if (error != std::errc() || end != digits.data() + digits.size()) number = 0;
    }
    if (number <= row_number_ || number > kMaxRow) {
      xml_.fail("the row after row " + std::to_string(row_number_) + " has a wrong number");
    }
    row_number_ = number;
    row_->clear();
    row_->number = number;
    next_column_ = 0;
    in_row_ = true;
  }

  void start_cell(const XmlAttributes& attributes) {
    in_cell_ = in_row_;
    formula_ = has_value_ = false;
    value_.clear();
    column_ = next_column_;
    if (const char* reference = attributes.find("r")) {
      const auto address = parse_address(reference);
      if (!address) xml_.fail("a cell has a wrong reference");
      column_ = address->column;
    }
    next_column_ = column_ + 1;
    kind_ = kind_of(attributes.get("t"));
    style_ = 0;
    const std::string_view style = attributes.get("s");
    std::from_chars(style.data(), style.data() + style.size(), style_);
  }

  void finish_cell() {
    const bool string_result = kind_ == CellKind::text && has_value_;
    if (value_.empty() && (string_result || !formula_)) return;
    if (column_ >= options_.max_cells_per_row) {
      xml_.fail(too_wide(row_number_, column_, options_), "max_cells_per_row");
    }
    Cell& cell = row_->add(column_);
    if (value_.empty()) {
      cell.set_absent();
      uncomputed.note(row_number_, column_);
    } else {
      set_value(cell);
    }
  }

  void set_value(Cell& cell) {
    switch (kind_) {
      case CellKind::number:
        return set_formatted_number(cell, value_, context_->formats[style_], context_->epoch);
      case CellKind::shared:
        return set_shared(cell);
      case CellKind::text:
        unescape(value_);
        return cell.set_text(value_);
      case CellKind::boolean:
        return cell.set_integer(CDH_BOOLEAN, value_ == "1" || value_ == "true" ? 1 : 0);
      case CellKind::date:
        return set_iso_date(cell, value_);
      case CellKind::error:
        cell.set_null();
        return errors.note(row_number_, column_);
    }
  }

  void set_shared(Cell& cell) {
    if (context_->strings == nullptr) {
      xml_.fail("cell " + cell_name(row_number_, column_) +
                " refers to a shared string, but the part that holds them (sharedStrings.xml) is "
                "missing");
    }
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(value_.data(), value_.data() + value_.size(), index);
    if (error != std::errc() || end != value_.data() + value_.size() ||
        index >= context_->strings->size()) {
      xml_.fail("cell " + cell_name(row_number_, column_) +
                " refers to a shared string that is not there");
    }
    const std::string_view text = (*context_->strings)[index];
    if (text.empty()) return row_->drop_last();
    cell.set_text(text);
  }

  XmlReader xml_;
  std::shared_ptr<const XlsxContext> context_;
  MergedAreas merged_;
  const ReadOptions options_;
  SheetRow* row_ = nullptr;

  // The row and the cell being read.
  std::uint64_t row_number_ = 0;
  std::uint32_t column_ = 0, next_column_ = 0;
  CellKind kind_ = CellKind::number;
  std::size_t style_ = 0;
  std::string value_;
  bool in_row_ = false, in_cell_ = false;
  bool formula_ = false, has_value_ = false;
  bool collecting_ = false, phonetic_ = false;
};

class MergedHandler final : public XmlHandler {
 public:
  explicit MergedHandler(std::uint32_t max_columns) : max_columns_(max_columns) {}

  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (local_name(name) != "mergeCell" || count_ == kMaxMergedAreas) return;
    if (auto area = parse_range(attributes.get("ref"))) {
      area->last_column = std::min(area->last_column, max_columns_ - 1);
      merged.add(*area);
      ++count_;
    }
  }
  void end(std::string_view) override {}

  MergedAreas merged;

 private:
  const std::uint32_t max_columns_;
  std::size_t count_ = 0;
};

}  // namespace

std::unique_ptr<SheetReader> open_xlsx_sheet(std::unique_ptr<ByteSource> source, std::string place,
                                             std::shared_ptr<const XlsxContext> context,
                                             MergedAreas merged, const ReadOptions& options) {
  return std::make_unique<XlsxSheet>(std::move(source), std::move(place), std::move(context),
                                     std::move(merged), options);
}

MergedAreas read_merged_areas(std::unique_ptr<ByteSource> source, const std::string& place,
                              const ReadOptions& options) {
  MergedHandler handler(options.max_cells_per_row);
  XmlReader(std::move(source), handler, place).read_all();
  return std::move(handler.merged);
}

}  // namespace cdh::spreadsheet
