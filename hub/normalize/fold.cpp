#include "hub/normalize/fold.hpp"

#include <array>
#include <cstdint>
#include <utility>

#include <unicode/bytestream.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/normalize/transliterate.hpp"
#include "hub/normalize/utf8.hpp"

namespace cdh {

namespace {

// What an ASCII character becomes: a letter or digit in lower case, kBlank, or kVanish.
constexpr char kBlank = ' ';
constexpr char kVanish = '\0';

constexpr std::array<char, 128> kAsciiForm = [] {
  std::array<char, 128> forms{};
  for (std::size_t i = 0; i < forms.size(); ++i) {
    const char c = static_cast<char>(i);
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    forms[i] = is_word ? c : kBlank;
    if (c >= 'A' && c <= 'Z') forms[i] = static_cast<char>(c - 'A' + 'a');
  }
  forms['\''] = kVanish;
  forms['`'] = kVanish;
  return forms;
}();

// Appends to `out` what compares; blanks only between words.
class FoldedText {
 public:
  explicit FoldedText(std::size_t expected_size) { text_.reserve(expected_size); }

  void add_ascii(char c) {
    const char form = kAsciiForm[static_cast<unsigned char>(c)];
    if (form == kBlank) {
      part();
    } else if (form != kVanish) {
      if (is_parted_ && !text_.empty()) text_ += ' ';
      is_parted_ = false;
      text_ += form;
    }
  }

  // The non-ASCII characters in `text` part words.
  void add(std::string_view text) {
    for (const char c : text) {
      if (static_cast<unsigned char>(c) < 0x80) {
        add_ascii(c);
      } else {
        part();
      }
    }
  }

  void part() { is_parted_ = true; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  bool is_parted_ = false;
};

bool is_combining_mark(char32_t point) { return point >= 0x300 && point <= 0x36F; }

// Marks of direction and joining, which people do not see.
bool is_invisible(char32_t point) {
  return (point >= 0x200B && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2060 && point <= 0x206F) || point == 0xAD || point == 0xFEFF;
}

// The Latin script and general punctuation, each character as ICU writes it alone. Filled by ICU
// itself, so it cannot differ.
class LatinTable {
 public:
  static bool covers(char32_t point) {
    return (point >= 0x80 && point < 0x2B0) || (point >= 0x1E00 && point < 0x1F00) ||
           (point >= 0x2000 && point < 0x2070);
  }

  LatinTable() {
    for (char32_t point = 0x80; point < 0x2070; ++point) {
      if (!covers(point) || is_invisible(point)) continue;
      std::string text;
      append_utf8(point, text);
      std::string latin = latin_word(text);
      if (!is_ascii(latin)) latin = letter_without_ascii(point);
      forms_[index(point)] = std::move(latin);
    }
  }

  std::string_view operator[](char32_t point) const { return forms_[index(point)]; }

 private:
  static std::size_t index(char32_t point) {
    if (point < 0x2B0) return point - 0x80;
    if (point < 0x1F00) return point - 0x1E00 + 0x230;
    return point - 0x2000 + 0x330;
  }

  // Letters of living alphabets that CLDR's Latin-ASCII leaves alone: the schwa of Azerbaijani,
  // open o and turned e of African languages, ezh of Skolt Sami.
  static std::string letter_without_ascii(char32_t point) {
    switch (point) {
      case 0x018F:
      case 0x0259:
        return "a";
      case 0x0186:
      case 0x0254:
        return "o";
      case 0x018E:
      case 0x01DD:
        return "e";
      case 0x01B7:
      case 0x0292:
      case 0x01EE:
      case 0x01EF:
        return "z";
      case 0x013F:
      case 0x0140:
        return "l";
      case 0x1E9A:
        return "a";
      default:
        return " ";
    }
  }

  std::array<std::string, 0x3A0> forms_;
};

const LatinTable& latin_table() {
  static const LatinTable table;
  return table;
}

// The end of the run, from `begin` on, of characters that neither ASCII nor the table nor the
// Chinese readings explain: a word of another script.
std::size_t end_of_foreign_word(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size()) {
    std::size_t next = end;
    const char32_t point = next_code_point(text, next);
    const bool is_foreign = point >= 0x80 && !LatinTable::covers(point) && !is_han(point);
    if (!is_foreign || point == 0x3000) break;
    end = next;
  }
  return end;
}

void fold_non_ascii(std::string_view text, std::size_t& position, FoldedText& out) {
  std::size_t next = position;
  const char32_t point = next_code_point(text, next);
  if (LatinTable::covers(point)) {
    if (!is_invisible(point)) out.add(latin_table()[point]);
  } else if (is_han(point)) {
    out.part();
    out.add(han_reading(point));
    out.part();
  } else if (point == 0x3000 || point == 0xFFFD) {
    out.part();
  } else if (!is_combining_mark(point) && !is_invisible(point)) {
    next = end_of_foreign_word(text, position);
    out.add(latin_word(text.substr(position, next - position)));
  }
  position = next;
}

// Below U+0300 there is nothing to compose.
bool is_surely_nfc(std::string_view text) {
  if (is_ascii(text)) return true;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0xCC) return false;
  }
  return true;
}

std::string normalized(const icu::Normalizer2* form, UErrorCode status, std::string_view text) {
  std::string out;
  if (U_SUCCESS(status)) {
    icu::StringByteSink<std::string> sink(&out);
    const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
    form->normalizeUTF8(0, piece, sink, nullptr, status);
  }
  if (U_FAILURE(status)) {
    throw Error(ErrorKind::internal, std::string("ICU cannot normalize: ") + u_errorName(status));
  }
  return out;
}

}  // namespace

std::string nfc(std::string_view text) {
  if (is_surely_nfc(text)) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  return normalized(icu::Normalizer2::getNFCInstance(status), status, text);
}

std::string lower_case(std::string_view text) {
  if (is_ascii(text)) return ascii_lower(text);
  std::string out;
  icu::UnicodeString::fromUTF8(nfc(text)).toLower(icu::Locale::getRoot()).toUTF8String(out);
  return out;
}

std::string fold_case(std::string_view text) {
  if (is_ascii(text)) return ascii_lower(text);
  std::string out;
  icu::UnicodeString::fromUTF8(nfc(text)).foldCase().toUTF8String(out);
  return nfc(out);
}

std::string plain_width(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  return normalized(icu::Normalizer2::getNFKCInstance(status), status, text);
}

std::string fold(std::string_view text) {
  FoldedText out(text.size());
  std::size_t i = 0;
  while (i < text.size()) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      out.add_ascii(text[i++]);
    } else {
      fold_non_ascii(text, i, out);
    }
  }
  return out.take();
}

std::vector<std::string> fold_words(std::string_view text) {
  const std::string folded = fold(text);
  std::vector<std::string> words;
  if (folded.empty()) return words;
  for (const std::string_view word : split(folded, ' ')) words.emplace_back(word);
  return words;
}

bool has_han(std::string_view text) {
  if (is_ascii(text)) return false;
  for (std::size_t i = 0; i < text.size();) {
    if (is_han(next_code_point(text, i))) return true;
  }
  return false;
}

}  // namespace cdh
