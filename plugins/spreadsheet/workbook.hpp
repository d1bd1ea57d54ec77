// Opens a file as what its content says it is, whatever its name ends in.
#pragma once

#include <filesystem>
#include <memory>

#include "sheet.hpp"

namespace cdh::spreadsheet {

// Throws PluginError: `system` when the file cannot be opened, `data` when it is no spreadsheet we
// can read (encrypted, cut off, of another kind); the message names the file.
std::shared_ptr<Workbook> open_workbook(const std::filesystem::path& path,
                                        const ReadOptions& options);

}  // namespace cdh::spreadsheet
