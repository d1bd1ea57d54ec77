// An XLS file of Excel 97 to 2003 ([MS-XLS], "BIFF8"), read into memory whole.
//
// Our own reader, because freexl 1.0.6 drops the result of every formula without a word, and does
// not tell which sheets are hidden, nor number formats and merged cells.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "sheet.hpp"

namespace cdh::spreadsheet {

// Throws PluginError(data), naming the file, when it is encrypted, damaged or no such workbook.
std::shared_ptr<Workbook> open_xls(const std::filesystem::path& path, const ReadOptions& options);

// The same from memory: `bytes` is the whole file.
std::shared_ptr<Workbook> open_xls_bytes(std::string bytes, const std::string& place,
                                         const ReadOptions& options);

}  // namespace cdh::spreadsheet
