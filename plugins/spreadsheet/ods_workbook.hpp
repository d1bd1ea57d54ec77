// An ODS file: its list of sheets. Listing takes a pass over the whole content.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sheet.hpp"
#include "zip_archive.hpp"

namespace cdh::spreadsheet {

// Throws PluginError(data), naming file and part, when it is encrypted, damaged or no spreadsheet.
std::shared_ptr<Workbook> open_ods(std::shared_ptr<ZipArchive> archive, const ReadOptions& options);

std::vector<SheetInfo> list_ods_sheets(std::unique_ptr<ByteSource> source,
                                       const std::string& place);

}  // namespace cdh::spreadsheet
