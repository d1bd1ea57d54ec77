#include <charconv>

#include "tests/bench/floor_target.hpp"

namespace cdh {

namespace {

void append_escaped(std::string_view text, std::string& out) {
  for (std::size_t at = text.find_first_of("\\\t\n\r"); at != text.npos;
       at = text.find_first_of("\\\t\n\r")) {
    out.append(text.substr(0, at)) += '\\';
    const char c = text[at];
    out += c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : '\\';
    text.remove_prefix(at + 1);
  }
  out.append(text);
}

}  // namespace

void append_line(std::initializer_list<Parameter> values, std::string& out) {
  char mark = 0;
  for (const Parameter& value : values) {
    if (mark != 0) out += mark;
    mark = '\t';
    if (!value.is_text) {
      char digits[24];
      out.append(digits, std::to_chars(digits, digits + sizeof digits, value.number).ptr);
    } else if (value.text.empty()) {
      out += "\\N";
    } else {
      append_escaped(value.text, out);
    }
  }
  out += '\n';
}

}  // namespace cdh
