// Text in XLSX: the escapes of its strings, and the table of strings that cells share.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include <cdh/plugin.hpp>

#include "xml_reader.hpp"

namespace cdh::spreadsheet {

// Replaces _x000D_ and its like by the character meant (ECMA-376 part 1, 22.4.2.4, ST_Xstring).
// What names no character stays as it stands.
void unescape(std::string& text);

// The strings of a workbook, in an arena. Built once, then read only.
class SharedStrings {
 public:
  SharedStrings() = default;
  // Reads xl/sharedStrings.xml: rich text is joined, phonetic guides are left out. Throws
  // PluginError(data) naming `place`.
  SharedStrings(std::unique_ptr<ByteSource> source, const std::string& place);

  std::size_t size() const { return strings_.size(); }
  std::string_view operator[](std::size_t index) const { return strings_[index]; }

 private:
  class Handler;
  Arena arena_;
  std::deque<std::string_view> strings_;
};

}  // namespace cdh::spreadsheet
