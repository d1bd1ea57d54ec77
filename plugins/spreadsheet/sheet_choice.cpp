#include "sheet_choice.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace cdh::spreadsheet {

std::string stream_name(std::string_view sheet) {
  std::string name(sheet);
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    if (static_cast<unsigned char>(c) <= ' ') c = '_';
  }
  return name;
}

std::vector<ChosenSheet> choose_sheets(const std::vector<SheetInfo>& sheets,
                                       const std::vector<std::string>& wanted) {
  std::vector<ChosenSheet> chosen;
  std::set<std::string> taken;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const SheetInfo& sheet = sheets[i];
    const std::string plain = stream_name(sheet.name);
    std::string stream = plain;
    for (int n = 2; !taken.insert(stream).second; ++n) stream = plain + "_" + std::to_string(n);
    const bool named = std::any_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
      return name == sheet.name || stream_name(name) == stream;
    });
    if (wanted.empty() ? !sheet.hidden : named) {
      chosen.push_back({i, sheet.name, std::move(stream)});
    }
  }
  return chosen;
}

}  // namespace cdh::spreadsheet
