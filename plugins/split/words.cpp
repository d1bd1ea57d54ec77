#include "words.hpp"

#include <algorithm>
#include <cstdint>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace cdh::split {

std::string tidy(std::string_view text) {
  std::string out;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  bool blank_before = false;
  for (std::int32_t at = 0; at < size;) {
    const auto begin = static_cast<std::size_t>(at);
    UChar32 point = 0;
    U8_NEXT(bytes, at, size, point);
    if (point >= 0 && u_isUWhiteSpace(point)) {
      blank_before = !out.empty();
      continue;
    }
    if (blank_before) out += ' ';
    blank_before = false;
    out.append(text, begin, static_cast<std::size_t>(at) - begin);
  }
  return out;
}

std::vector<std::string_view> words(std::string_view tidy_text) {
  std::vector<std::string_view> out;
  while (!tidy_text.empty()) {
    const std::size_t end = std::min(tidy_text.find(' '), tidy_text.size());
    if (end > 0) out.push_back(tidy_text.substr(0, end));
    tidy_text.remove_prefix(std::min(end + 1, tidy_text.size()));
  }
  return out;
}

std::string join(const std::vector<std::string_view>& words, std::size_t first, std::size_t last) {
  std::string out;
  for (std::size_t i = first; i < last; ++i) append_word(words[i], out);
  return out;
}

std::string fold(std::string_view word) {
  std::string out;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(word.data());
  const auto size = static_cast<std::int32_t>(word.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, size, point);
    if (point == '.') continue;
    std::uint8_t folded[U8_MAX_LENGTH];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(folded, length, point < 0 ? 0xFFFD : u_foldCase(point, U_FOLD_CASE_DEFAULT));
    out.append(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(length));
  }
  return out;
}

std::vector<std::string> pieces(std::string_view text, std::string_view separators) {
  std::vector<std::string> out;
  for (;;) {
    const std::size_t end = text.find_first_of(separators);
    std::string piece = tidy(text.substr(0, end));
    if (!piece.empty()) out.push_back(std::move(piece));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

void append_word(std::string_view part, std::string& out) {
  if (part.empty()) return;
  if (!out.empty()) out += ' ';
  out += part;
}

}  // namespace cdh::split
