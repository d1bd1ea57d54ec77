#include "table_reader.hpp"

#include <algorithm>
#include <utility>

#include "date_value.hpp"

namespace cdh::spreadsheet {
namespace {

// Of values and their text: what a batch of long rows takes ends here.
constexpr std::size_t kMaxBatchBytes = std::size_t{16} << 20;

std::string text_of(const Cell& cell) {
  switch (cell.type) {
    case CDH_BOOLEAN:
      return cell.integer != 0 ? "true" : "false";
    case CDH_INTEGER:
      return std::to_string(cell.integer);
    case CDH_DATE:
      return iso_date(cell.integer);
    case CDH_LOCAL_TIME:
      return iso_local_time(cell.integer);
    case CDH_DECIMAL:
    case CDH_TEXT:
      return cell.text;
    default:
      return {};
  }
}

// Trims, and makes one blank of any run of blanks, line breaks and no-break spaces.
std::string tidy_name(std::string_view text) {
  constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
  std::string name;
  bool blank_before = false;
  while (!text.empty()) {
    const bool no_break = text.substr(0, 2) == kNoBreakSpace;
    if (no_break || static_cast<unsigned char>(text.front()) <= ' ') {
      blank_before = !name.empty();
      text.remove_prefix(no_break ? 2 : 1);
      continue;
    }
    if (blank_before) name.push_back(' ');
    blank_before = false;
    name.push_back(text.front());
    text.remove_prefix(1);
  }
  return name;
}

}  // namespace

TableReader::TableReader(std::unique_ptr<SheetReader> sheet, const TableOptions& options,
                         std::string origin, std::uint64_t& last_serial)
    : sheet_(std::move(sheet)),
      options_(options),
      origin_(std::move(origin)),
      last_serial_(last_serial),
      row_(origin_) {
  read_header();
}

// The next row that has cells in the range's columns, be it above the range.
bool TableReader::next_row() {
  while (sheet_->next(row_)) {
    if (std::any_of(row_.begin(), row_.end(),
                    [&](const Cell& cell) { return options_.range.has_column(cell.column); })) {
      return true;
    }
  }
  return false;
}

void TableReader::read_header() {
  if (options_.header_row == 0u) return;
  const std::uint64_t wanted = options_.header_row.value_or(options_.range.first_row);
  bool found = next_row();
  if (!found) return;
  while (found && row_.number < wanted) found = next_row();
  if (options_.header_row ? found && row_.number == wanted
                          : found && row_.number <= options_.range.last_row) {
    name_columns();
    return;
  }
  if (options_.header_row) {
    fail_config(origin_ + ": row " + std::to_string(wanted) +
                    ", where header_row expects the column names, is empty",
                "header_row");
  }
}

void TableReader::name_columns() {
  std::sort(row_.begin(), row_.end(),
            [](const Cell& a, const Cell& b) { return a.column < b.column; });
  for (const Cell& cell : row_) {
    if (!options_.range.has_column(cell.column)) continue;
    const std::string name = tidy_name(text_of(cell));
    if (!name.empty()) add_column(cell.column, name);
  }
  named_columns_ = fields_.size();
  schema_ = Schema(fields_, ++last_serial_);
}

void TableReader::add_column(std::uint32_t column, const std::string& name) {
  std::string unique = name;
  for (int i = 2; !names_.insert(unique).second; ++i) unique = name + "_" + std::to_string(i);
  if (column >= field_of_column_.size()) field_of_column_.resize(column + std::size_t{1}, -1);
  if (field_of_column_[column] >= 0) return;
  field_of_column_[column] = static_cast<int>(fields_.size());
  fields_.push_back({std::move(unique), CDH_TEXT});
}

bool TableReader::has_new_columns() const {
  return std::any_of(row_.begin(), row_.end(), [&](const Cell& cell) {
    return options_.range.has_column(cell.column) && field_of(cell.column) < 0;
  });
}

void TableReader::add_new_columns() {
  for (const Cell& cell : row_) {
    if (options_.range.has_column(cell.column) && field_of(cell.column) < 0) {
      add_column(cell.column, "column_" + column_name(cell.column));
    }
  }
  schema_ = Schema(fields_, ++last_serial_);
}

bool TableReader::fill(BatchBuilder& out) {
  const std::uint64_t first_row =
      std::max(options_.range.first_row, options_.header_row.value_or(0) + 1);
  out.set_schema(schema_);
  out.set_origin(origin_, "row");
  std::size_t bytes = 0;
  while (!out.full() && bytes < kMaxBatchBytes) {
    if (!row_waits_ && !next_row()) break;
    row_waits_ = false;
    if (row_.number < first_row) continue;
    if (row_.number > options_.range.last_row) continue;  // read on: the file must prove whole
    if (has_new_columns()) {
      if (out.size() > 0) {
        row_waits_ = true;
        return true;
      }
      add_new_columns();
      out.set_schema(schema_);
    }
    write_row(out);
    bytes += row_.text_bytes() + fields_.size() * sizeof(cdh_value);
  }
  return out.size() > 0;
}

void TableReader::write_row(BatchBuilder& out) {
  RowBuilder record = out.add_row(row_.number);
  cdh_value* values = out.values().data() + (out.values().size() - fields_.size());
  for (std::size_t field = 0; field < fields_.size(); ++field) values[field].type = CDH_NULL;
  for (const Cell& cell : row_) {
    if (!options_.range.has_column(cell.column)) continue;
    const auto field = static_cast<std::size_t>(field_of(cell.column));
    switch (cell.type) {
      case CDH_BOOLEAN:
        record.boolean(field, cell.integer != 0);
        break;
      case CDH_INTEGER:
        record.integer(field, cell.integer);
        break;
      case CDH_DATE:
        record.date(field, cell.integer);
        break;
      case CDH_LOCAL_TIME:
        record.local_time(field, cell.integer);
        break;
      case CDH_DECIMAL:
        record.decimal(field, cell.text);
        break;
      case CDH_TEXT:
        record.text(field, cell.text);
        break;
      case CDH_ABSENT:
        values[field].type = CDH_ABSENT;
        break;
      default:
        break;
    }
  }
}

}  // namespace cdh::spreadsheet
