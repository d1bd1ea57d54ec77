#include "hub/normalize/utf8.hpp"

#include <cstdint>
#include <cstring>

#include <unicode/utf8.h>

namespace cdh {

bool is_ascii(std::string_view text) {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, sizeof word);
    if ((word & 0x8080808080808080ULL) != 0) return false;
  }
  for (; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0x80) != 0) return false;
  }
  return true;
}

char32_t next_code_point(std::string_view text, std::size_t& position) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 point = 0;
  U8_NEXT_OR_FFFD(bytes, position, text.size(), point);
  return static_cast<char32_t>(point);
}

void append_utf8(char32_t point, std::string& out) {
  char bytes[U8_MAX_LENGTH];
  std::size_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, static_cast<UChar32>(point));
  out.append(bytes, size);
}

// Unicode 15, blocks of the script Han that names are written in.
bool is_han(char32_t point) {
  return (point >= 0x4E00 && point <= 0x9FFF) || (point >= 0x3400 && point <= 0x4DBF) ||
         point == 0x3007 || (point >= 0xF900 && point <= 0xFAFF) ||
         (point >= 0x20000 && point <= 0x323AF);
}

}  // namespace cdh
