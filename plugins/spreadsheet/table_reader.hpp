// A sheet as a table: one row of column names, and the rows below as records.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <cdh/plugin.hpp>

#include "cell_address.hpp"
#include "sheet.hpp"

namespace cdh::spreadsheet {

struct TableOptions {
  CellRange range;
  // In the sheet, from 1; 0: there is none. By default the first row of the range that holds
  // anything.
  std::optional<std::uint64_t> header_row;
};

// Column names are trimmed and made unique: a second "Name" is "Name_2". A column that has data but
// no name is called by its letters, "column_C"; it joins the schema when its first value comes, so
// the schema may grow between batches.
class TableReader {
 public:
  // Reads up to and including the header. `origin` is "file.xlsx#Sheet"; `last_serial` counts the
  // schemas of the plugin instance and must outlive the reader. Throws PluginError.
  TableReader(std::unique_ptr<SheetReader> sheet, const TableOptions& options, std::string origin,
              std::uint64_t& last_serial);

  const Schema& schema() const { return schema_; }
  const std::string& origin() const { return origin_; }
  const SheetReader& sheet() const { return *sheet_; }
  // Of the columns met so far: those that the header names, and those that only have data.
  std::size_t named_columns() const { return named_columns_; }
  std::size_t unnamed_columns() const { return fields_.size() - named_columns_; }

  // Adds rows to the batch until it is full or holds 16 MiB, the columns change, or the table ends.
  // False when it added none: the table is at its end. Empty cells are null.
  bool fill(BatchBuilder& out);

 private:
  bool next_row();
  void read_header();
  void name_columns();
  bool has_new_columns() const;
  void add_new_columns();
  void add_column(std::uint32_t column, const std::string& name);
  void write_row(BatchBuilder& out);
  int field_of(std::uint32_t column) const {
    return column < field_of_column_.size() ? field_of_column_[column] : -1;
  }

  std::unique_ptr<SheetReader> sheet_;
  const TableOptions options_;
  const std::string origin_;
  std::uint64_t& last_serial_;
  Schema schema_;
  std::vector<Field> fields_;
  std::set<std::string, std::less<>> names_;
  std::size_t named_columns_ = 0;
  std::vector<int> field_of_column_;  // -1: not in the schema
  SheetRow row_;
  bool row_waits_ = false;  // row_ was read, but belongs to the next batch
};

}  // namespace cdh::spreadsheet
