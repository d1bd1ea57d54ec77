// The small parts of an XLSX file around its sheets: relationships, the workbook, the styles.
// ECMA-376 part 1 (SpreadsheetML) and part 2 (packages), transitional and strict alike.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "date_value.hpp"
#include "number_format.hpp"
#include "sheet.hpp"
#include "xml_reader.hpp"

namespace cdh::spreadsheet {

// From one part to another; `part` is a full name in the zip file, without a leading slash.
struct Relationship {
  std::string id;
  std::string kind;  // the last word of the type's URI: worksheet, sharedStrings, styles
  std::string part;
};

// Reads the relationships of the part `of` (empty: of the whole package). External ones are left
// out. All three functions throw PluginError(data) naming `place`.
std::vector<Relationship> read_relationships(std::unique_ptr<ByteSource> source,
                                             const std::string& place, const std::string& of);
// Where the relationships of a part stand: xl/_rels/workbook.xml.rels for xl/workbook.xml.
std::string relationships_part(const std::string& of);

struct WorkbookPart {
  struct Sheet {
    std::string name;
    std::string relationship_id;
    bool hidden = false;
  };
  std::vector<Sheet> sheets;
  Epoch epoch = Epoch::year_1900;
};
WorkbookPart read_workbook_part(std::unique_ptr<ByteSource> source, const std::string& place);

// The number format of each cell style, in the order cells refer to them.
class CellFormats {
 public:
  CellFormats() = default;
  CellFormats(std::unique_ptr<ByteSource> source, const std::string& place);

  // Plain numbers for a style that is not there.
  NumberFormat operator[](std::size_t style) const {
    return style < formats_.size() ? formats_[style] : NumberFormat{};
  }

 private:
  class Handler;
  std::vector<NumberFormat> formats_;
};

}  // namespace cdh::spreadsheet
