// An XLS file of Excel 97 to 2003 (BIFF8), over freexl, which reads it into memory whole.
//
// What freexl does not tell: which sheets are hidden (all count as visible), merged cells (the
// option fill_merged is refused), and number formats beside those of dates, so that zeros padded by
// a format are lost. Saving the file as XLSX keeps them.
#pragma once

#include <filesystem>
#include <memory>

#include "sheet.hpp"

namespace cdh::spreadsheet {

// Throws PluginError(data), naming the file, when it is encrypted, damaged or no workbook.
std::shared_ptr<Workbook> open_xls(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace cdh::spreadsheet
