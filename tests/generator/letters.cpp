#include "tests/generator/letters.hpp"

#include <utility>
#include <vector>

namespace cdh::generator {

namespace {

struct Letter {
  std::string_view lower, upper;
  char plain_lower, plain_upper;
  char windows_lower, windows_upper;
};

constexpr Letter kLetters[] = {
    {"ą", "Ą", 'a', 'A', '\xB9', '\xA5'}, {"ć", "Ć", 'c', 'C', '\xE6', '\xC6'},
    {"ę", "Ę", 'e', 'E', '\xEA', '\xCA'}, {"ł", "Ł", 'l', 'L', '\xB3', '\xA3'},
    {"ń", "Ń", 'n', 'N', '\xF1', '\xD1'}, {"ó", "Ó", 'o', 'O', '\xF3', '\xD3'},
    {"ś", "Ś", 's', 'S', '\x9C', '\x8C'}, {"ź", "Ź", 'z', 'Z', '\x9F', '\x8F'},
    {"ż", "Ż", 'z', 'Z', '\xBF', '\xAF'}, {"ü", "Ü", 'u', 'U', '\xFC', '\xDC'},
};

std::size_t width_of(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char ascii_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Rebuilds the text: ASCII through `ascii`, known letters through `known` (letter, is it upper),
// the rest through `other`.
template <typename Ascii, typename Known, typename Other>
std::string rebuild(std::string_view text, Ascii ascii, Known known, Other other) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view character = text.substr(i, width_of(text[i]));
    i += character.size();
    if (character.size() == 1) {
      result += ascii(character[0]);
      continue;
    }
    const Letter* found = nullptr;
    for (const Letter& letter : kLetters) {
      if (character == letter.lower || character == letter.upper) found = &letter;
    }
    if (found) {
      result += known(*found, character == found->upper);
    } else {
      result += other(character);
    }
  }
  return result;
}

std::string_view same(std::string_view character) { return character; }
char same_ascii(char c) { return c; }

char neighbour_key(char key, Random& random) {
  for (const std::string_view row : {"qwertyuiop", "asdfghjkl", "zxcvbnm"}) {
    const std::size_t at = row.find(ascii_lower(key));
    if (at == row.npos) continue;
    const bool to_left = at + 1 == row.size() || (at > 0 && random.percent(50));
    return row[to_left ? at - 1 : at + 1];
  }
  return key;
}

}  // namespace

std::string upper(std::string_view text) {
  return rebuild(
      text, ascii_upper, [](const Letter& letter, bool) { return letter.upper; }, same);
}

std::string lower(std::string_view text) {
  return rebuild(
      text, ascii_lower, [](const Letter& letter, bool) { return letter.lower; }, same);
}

std::string without_diacritics(std::string_view text) {
  return rebuild(
      text, same_ascii,
      [](const Letter& letter, bool is_upper) {
        return is_upper ? letter.plain_upper : letter.plain_lower;
      },
      same);
}

std::string slug(std::string_view text) {
  std::string result;
  for (const char c : without_diacritics(text)) {
    if (is_ascii_letter(c) || (c >= '0' && c <= '9')) result += ascii_lower(c);
  }
  return result;
}

std::string typing_error(std::string_view text, Random& random) {
  std::vector<std::size_t> places;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (is_ascii_letter(text[i])) places.push_back(i);
  }
  std::string result(text);
  if (places.size() < 4) return result;
  const std::size_t at = places[random.below(places.size())];
  switch (random.below(4)) {
    case 0:
      if (at + 1 < result.size() && is_ascii_letter(result[at + 1])) {
        std::swap(result[at], result[at + 1]);
      } else {
        result.erase(at, 1);
      }
      break;
    case 1:
      result.insert(at, 1, result[at]);
      break;
    case 2:
      result.erase(at, 1);
      break;
    default:
      result[at] = neighbour_key(result[at], random);
  }
  return result;
}

std::string windows_1250(std::string_view text) {
  return rebuild(
      text, same_ascii,
      [](const Letter& letter, bool is_upper) {
        return is_upper ? letter.windows_upper : letter.windows_lower;
      },
      [](std::string_view) { return '?'; });
}

}  // namespace cdh::generator
