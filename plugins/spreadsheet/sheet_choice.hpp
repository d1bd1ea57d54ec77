// Which sheets of a workbook are read, and what their streams are called.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sheet.hpp"

namespace cdh::spreadsheet {

struct ChosenSheet {
  std::size_t index = 0;  // in Workbook::sheets()
  std::string name;
  std::string stream;
};

// The sheet's name with A to Z in lower case and each blank as "_": "Key Accounts" is
// "key_accounts".
std::string stream_name(std::string_view sheet);

// The sheets that `wanted` names (by name, in any case, or by stream), in the file's order; an
// empty list means all that are visible. When two names give the same stream, the later one is
// numbered: notes, notes_2.
std::vector<ChosenSheet> choose_sheets(const std::vector<SheetInfo>& sheets,
                                       const std::vector<std::string>& wanted);

}  // namespace cdh::spreadsheet
