// One sheet of an XLS file ([MS-XLS] 2.1.7.20.6), read row by row out of memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "date_value.hpp"
#include "number_format.hpp"
#include "sheet.hpp"

namespace cdh::spreadsheet {

// What all sheets of a workbook share.
struct XlsContext {
  std::string place;                  // "customers.xls", for messages
  std::string stream;                 // the whole workbook, as records
  std::vector<NumberFormat> formats;  // of each cell style
  std::vector<std::string> strings;
  Epoch epoch = Epoch::year_1900;
};

// Begins at the sheet's first record, `at` bytes into the stream.
std::unique_ptr<SheetReader> open_xls_sheet(std::shared_ptr<const XlsContext> context,
                                            std::size_t at, const ReadOptions& options);

}  // namespace cdh::spreadsheet
