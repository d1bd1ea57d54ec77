// Workbooks as Excel (XLSX) and LibreOffice (ODS) save them, by hand: plain XML in a zip archive.
// The same sheets give the same bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cdh::generator {

struct Cell {
  enum class Kind { empty, text, number, date };
  Kind kind = Kind::empty;
  std::string text;       // text, number as decimal digits
  std::int64_t days = 0;  // date, since 1970
};

Cell text_cell(std::string text);  // empty text: an empty cell
Cell number_cell(std::string digits);
Cell date_cell(std::int64_t days);

struct Sheet {
  std::string name;
  std::string title;  // when there is one: in row 1, merged over all columns, row 2 stays empty
  std::vector<std::string> header;
  std::vector<std::vector<Cell>> rows;  // a row without cells is an empty row

  // Where rows[index] stands in the sheet, from 1.
  std::size_t row_number(std::size_t index) const { return index + (title.empty() ? 2 : 4); }
};

// XLSX: shared strings, dates as numbers under a date style. Throw Error(source) when the file
// cannot be written.
void write_xlsx(const std::filesystem::path& file, const std::vector<Sheet>& sheets);
void write_ods(const std::filesystem::path& file, const std::vector<Sheet>& sheets);

}  // namespace cdh::generator
