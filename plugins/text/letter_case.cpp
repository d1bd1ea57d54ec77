#include "letter_case.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include <cdh/plugin.hpp>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "utf8.hpp"

namespace cdh::text {

namespace {

constexpr std::string_view kParticles[] = {
    "van", "von", "vom", "der", "den",  "de",  "del", "della", "di",  "da",  "do",  "dos",
    "das", "du",  "des", "la",  "le",   "las", "los", "zu",    "zum", "zur", "af",  "av",
    "ten", "ter", "bin", "ibn", "bint", "y",   "e",   "i",     "z",   "of",  "and", "und"};
constexpr std::string_view kNumerals[] = {"ii", "iii", "iv", "vi", "vii", "viii", "ix"};

template <std::size_t N>
bool contains(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// How many letters of each case a text has.
struct Letters {
  int upper = 0;
  int lower = 0;
};

Letters count_letters(std::string_view text) {
  Letters letters;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, size, point);
    letters.upper += u_isupper(point) || u_istitle(point) ? 1 : 0;
    letters.lower += u_islower(point) ? 1 : 0;
  }
  return letters;
}

void append_point(UChar32 point, std::string& out) {
  std::uint8_t bytes[U8_MAX_LENGTH];
  std::int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, point);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

// A capital after this apostrophe: one letter before it and more than one behind, as in O'Brien.
bool is_name_apostrophe(std::string_view word, std::int32_t letters_before, std::int32_t after) {
  return letters_before == 1 && static_cast<std::size_t>(after) + 1 < word.size();
}

// Appends a small word with its capitals.
void append_capitalised(std::string_view word, std::string& out) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(word.data());
  const auto size = static_cast<std::int32_t>(word.size());
  bool at_start = true;
  std::int32_t letters = 0;
  for (std::int32_t at = 0; at < size;) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, size, point);
    append_point(at_start && u_isalpha(point) ? u_totitle(point) : point, out);
    if (u_isalpha(point)) {
      ++letters;
      at_start = false;
    } else if (point == '\'' || point == 0x2019) {
      at_start = is_name_apostrophe(word, letters, at);
      letters = 0;
    } else if (point == '-' || point == '.' || point == '/' || point == '(') {
      at_start = true;
      letters = 0;
    } else if (u_isdigit(point)) {
      at_start = false;  // 5th
    }
  }
}

void append_upper_ascii(std::string_view word, std::string& out) {
  for (const char c : word) out += static_cast<char>(c - 'a' + 'A');
}

bool has_ascii(std::string_view text, char first, char last) {
  return std::any_of(text.begin(), text.end(), [&](char c) { return c >= first && c <= last; });
}

UCaseMap* open_case_map() {
  UErrorCode status = U_ZERO_ERROR;
  UCaseMap* map = ucasemap_open("", 0, &status);
  if (U_FAILURE(status))
    fail_system(std::string("ICU has no case mapping: ") + u_errorName(status));
  return map;
}

}  // namespace

CaseMapper::CaseMapper(LetterCase target)
    : target_(target), map_(open_case_map(), &ucasemap_close) {}

std::string_view CaseMapper::apply(std::string_view text) {
  switch (target_) {
    case LetterCase::keep:
      return text;
    case LetterCase::title:
      return to_title(text);
    case LetterCase::upper:
    case LetterCase::lower:
      break;
  }
  const bool upper = target_ == LetterCase::upper;
  if (!is_ascii(text)) {
    map_all(text);
    return buffer_;
  }
  if (upper ? !has_ascii(text, 'a', 'z') : !has_ascii(text, 'A', 'Z')) return text;
  buffer_ = text;
  for (char& c : buffer_) {
    if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (!upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return buffer_;
}

// Writes `text` in the target's case, title being written small, into buffer_.
void CaseMapper::map_all(std::string_view text) {
  const auto convert = target_ == LetterCase::upper ? &ucasemap_utf8ToUpper : &ucasemap_utf8ToLower;
  buffer_.resize(text.size() + 16);
  for (;;) {
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t size =
        convert(map_.get(), buffer_.data(), static_cast<std::int32_t>(buffer_.size()), text.data(),
                static_cast<std::int32_t>(text.size()), &status);
    if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) {
      fail_system(std::string("ICU cannot change the case: ") + u_errorName(status));
    }
    buffer_.resize(static_cast<std::size_t>(size));
    if (U_SUCCESS(status)) return;
  }
}

std::string_view CaseMapper::to_title(std::string_view text) {
  const Letters letters = count_letters(text);
  const bool all_capitals = letters.upper > 1 && letters.lower == 0;
  if (!all_capitals && letters.lower == 0) return text;
  if (all_capitals) {
    map_all(text);
    lowered_ = buffer_;
    text = lowered_;
  }
  buffer_.clear();
  bool first = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    if (all_capitals && contains(kNumerals, word)) {
      append_upper_ascii(word, buffer_);
    } else if ((!first && contains(kParticles, word)) || count_letters(word).upper > 0) {
      buffer_ += word;
    } else {
      append_capitalised(word, buffer_);
    }
    first = first && word.empty();
    if (end < text.size()) buffer_ += ' ';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return buffer_;
}

}  // namespace cdh::text
