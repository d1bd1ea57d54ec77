// One sheet of an XLSX file (ECMA-376 part 1, 18.3), read row by row.
#pragma once

#include <memory>
#include <string>

#include "date_value.hpp"
#include "merged_areas.hpp"
#include "sheet.hpp"
#include "xlsx_parts.hpp"
#include "xlsx_text.hpp"
#include "xml_reader.hpp"

namespace cdh::spreadsheet {

// What all sheets of a workbook share.
struct XlsxContext {
  CellFormats formats;
  Epoch epoch = Epoch::year_1900;
  std::shared_ptr<const SharedStrings> strings;  // nullptr: the file has none
};

std::unique_ptr<SheetReader> open_xlsx_sheet(std::unique_ptr<ByteSource> source, std::string place,
                                             std::shared_ptr<const XlsxContext> context,
                                             MergedAreas merged, const ReadOptions& options);

// A pass over a sheet for its merged cells alone: XLSX lists them after the rows.
MergedAreas read_merged_areas(std::unique_ptr<ByteSource> source, const std::string& place,
                              const ReadOptions& options);

}  // namespace cdh::spreadsheet
