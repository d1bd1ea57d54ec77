// An XLSX file: its list of sheets, and what all of them share.
#pragma once

#include <memory>

#include "sheet.hpp"
#include "zip_archive.hpp"

namespace cdh::spreadsheet {

// Throws PluginError(data), naming file and part, when parts are missing or damaged.
std::shared_ptr<Workbook> open_xlsx(std::shared_ptr<ZipArchive> archive,
                                    const ReadOptions& options);

}  // namespace cdh::spreadsheet
