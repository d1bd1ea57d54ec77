#include "hub/run/dump_line.hpp"

#include <algorithm>

#include "hub/base/text.hpp"

namespace cdh {

namespace {

// How many bytes at the front a terminal must not get, and printable() would make one "?" of.
std::size_t unprintable_at_front(std::string_view text) {
  const std::string_view two = text.substr(0, 2), three = text.substr(0, 3);
  const auto byte = static_cast<unsigned char>(text.front());
  if (byte < 0x20 || byte == 0x7F) return 1;
  if (two.size() == 2 && two >= "\xC2\x80" && two <= "\xC2\x9F") return 2;
  const bool turns = (three >= "\xE2\x80\xAA" && three <= "\xE2\x80\xAE") ||
                     (three >= "\xE2\x81\xA6" && three <= "\xE2\x81\xA9");
  return three.size() == 3 && turns ? 3 : 0;
}

void append_hex(std::string_view bytes, std::string& out) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += {'\\', 'x', kHex[byte >> 4], kHex[byte & 0xF]};
  }
}

}  // namespace

std::string dump_line(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const char c = text.front();
    const std::size_t hidden = unprintable_at_front(text);
    if (c == '\n' || c == '\t') {
      out += c == '\n' ? "\\n" : "\\t";
    } else if (hidden > 0) {
      append_hex(text.substr(0, hidden), out);
    } else {
      out += c;
      if (c == '\\') out += c;
    }
    text.remove_prefix(std::max<std::size_t>(hidden, 1));
  }
  return printable(out);  // bytes that are not UTF-8
}

}  // namespace cdh
