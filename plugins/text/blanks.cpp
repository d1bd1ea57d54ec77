#include "blanks.hpp"

#include <cstdint>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace cdh::text {

namespace {

bool is_blank(UChar32 point) {
  if (point < 0x80) return point == ' ' || (point >= '\t' && point <= '\r');
  return u_isUWhiteSpace(point) != 0;
}

// Zero-width space, joiners and direction marks (U+200B to U+200F), word joiner, byte order mark.
// Inside a text they may mean something; at its ends they are left-overs.
bool is_invisible(UChar32 point) {
  return (point >= 0x200B && point <= 0x200F) || point == 0x2060 || point == 0xFEFF;
}

bool is_visible_ascii(char c) { return c > ' ' && static_cast<unsigned char>(c) < 0x7F; }

// Whether a code point that begins with this byte may be a blank other than the space: the white
// space of Unicode is ASCII or begins with C2, E1, E2 or E3.
bool may_begin_blank(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0xC2 || (byte >= 0xE1 && byte <= 0xE3);
}

// Certain that the only blanks are single spaces.
bool is_collapsed(std::string_view text) {
  char previous = 'x';
  for (const char c : text) {
    if (may_begin_blank(c) || (c == ' ' && previous == ' ')) return false;
    previous = c;
  }
  return true;
}

}  // namespace

std::string_view trim(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto end = static_cast<std::int32_t>(text.size());
  std::int32_t begin = 0;
  while (begin < end && !is_visible_ascii(text[static_cast<std::size_t>(begin)])) {
    std::int32_t next = begin;
    UChar32 point = 0;
    U8_NEXT(bytes, next, end, point);
    if (!is_blank(point) && !is_invisible(point)) break;
    begin = next;
  }
  while (end > begin && !is_visible_ascii(text[static_cast<std::size_t>(end - 1)])) {
    std::int32_t previous = end;
    UChar32 point = 0;
    U8_PREV(bytes, begin, previous, point);
    if (!is_blank(point) && !is_invisible(point)) break;
    end = previous;
  }
  return text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

std::string_view BlankCollapser::apply(std::string_view text) {
  if (is_collapsed(text)) return text;
  buffer_.clear();
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  bool in_run = false;
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t begin = at;
    UChar32 point = 0;
    U8_NEXT(bytes, at, size, point);
    if (!is_blank(point)) {
      buffer_.append(text, static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin));
    } else if (!in_run) {
      buffer_ += ' ';
    }
    in_run = is_blank(point);
  }
  return buffer_;
}

}  // namespace cdh::text
