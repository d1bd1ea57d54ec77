// Results as a table for people, as CSV or as JSON for programs.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "hub/app/command.hpp"

namespace cdh {

// Rows of text under named columns. Numbers given as numbers stay numbers in JSON.
//
//     Table table({"source", "records"});
//     table.add({"erp", 1200});
//     table.print(std::cout, globals.format);
class Table {
 public:
  explicit Table(std::vector<std::string> columns) : columns_(std::move(columns)) {}

  // One value a column; null for nothing.
  void add(std::vector<nlohmann::json> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.empty(); }

  // As a table: columns aligned, numbers to the right, cells cut at 60 columns on a terminal. As
  // CSV: RFC 4180 with a header. As JSON: an array of objects.
  void print(std::ostream& out, Format format) const;

 private:
  void print_table(std::ostream& out) const;
  void print_csv(std::ostream& out) const;

  std::vector<std::string> columns_;
  std::vector<std::vector<nlohmann::json>> rows_;
};

// Columns a text takes on a terminal: Chinese characters take two, combining marks none.
std::size_t display_width(std::string_view text);

}  // namespace cdh
