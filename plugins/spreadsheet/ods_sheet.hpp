// One sheet of an ODS file (OpenDocument 1.3 part 3, 9.1 and 19.385), read row by row. Repeated
// empty rows and cells cost nothing, whatever their number.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "sheet.hpp"
#include "xml_reader.hpp"

namespace cdh::spreadsheet {

std::unique_ptr<SheetReader> open_ods_sheet(std::unique_ptr<ByteSource> source,
                                            const std::string& place, std::size_t index,
                                            const ReadOptions& options);

}  // namespace cdh::spreadsheet
