#include "month_name.hpp"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string>

namespace cdh::date {

namespace {

// Folded: small letters, Polish ones without their marks.
constexpr std::string_view kNames[12][6] = {
    {"jan", "january", "sty", "styczen", "stycznia"},
    {"feb", "february", "lut", "luty", "lutego"},
    {"mar", "march", "marzec", "marca"},
    {"apr", "april", "kwi", "kwiecien", "kwietnia"},
    {"may", "maj", "maja"},
    {"jun", "june", "cze", "czerwiec", "czerwca"},
    {"jul", "july", "lip", "lipiec", "lipca"},
    {"aug", "august", "sie", "sierpien", "sierpnia"},
    {"sep", "sept", "september", "wrz", "wrzesien", "wrzesnia"},
    {"oct", "october", "paz", "pazdziernik", "pazdziernika"},
    {"nov", "november", "lis", "listopad", "listopada"},
    {"dec", "december", "gru", "grudzien", "grudnia"},
};

struct Marked {
  std::string_view letter;
  char plain;
};
constexpr Marked kMarked[] = {{"ń", 'n'}, {"Ń", 'n'}, {"ź", 'z'},
                              {"Ź", 'z'}, {"ś", 's'}, {"Ś", 's'}};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

std::string fold(std::string_view word) {
  std::string out;
  while (!word.empty()) {
    const auto marked = std::find_if(
        std::begin(kMarked), std::end(kMarked),
        [&](const Marked& each) { return word.substr(0, each.letter.size()) == each.letter; });
    if (marked != std::end(kMarked)) {
      out += marked->plain;
      word.remove_prefix(marked->letter.size());
    } else {
      const char c = word.front();
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      word.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace

bool take_letters(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_letter);
  const auto size = static_cast<std::size_t>(end - text.begin());
  text.remove_prefix(size);
  return size > 0;
}

std::optional<int> take_month_name(std::string_view& text) {
  std::string_view rest = text;
  if (!take_letters(rest)) return std::nullopt;
  const std::string word = fold(text.substr(0, text.size() - rest.size()));
  for (int month = 0; month < 12; ++month) {
    if (std::find(std::begin(kNames[month]), std::end(kNames[month]), word) ==
        std::end(kNames[month])) {
      continue;
    }
    text = rest;
    if (!text.empty() && text.front() == '.') text.remove_prefix(1);
    return month + 1;
  }
  return std::nullopt;
}

}  // namespace cdh::date
