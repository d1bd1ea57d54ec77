#include "hub/match/spelling.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

namespace cdh {

namespace {

constexpr std::size_t kShortestWithOtherVowels = 6;

// Longer ones first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kWrittenFor = {{{"ph", "f"},
                                                                                        {"ou", "u"},
                                                                                        {"oo", "u"},
                                                                                        {"ee", "i"},
                                                                                        {"ye", "e"},
                                                                                        {"je", "e"},
                                                                                        {"x", "ks"},
                                                                                        {"j", "i"},
                                                                                        {"y", "i"},
                                                                                        {"c", "k"},
                                                                                        {"q", "k"},
                                                                                        {"w", "v"},
                                                                                        {"z", "s"},
                                                                                        {"h", ""}}};

// In the plainest letters, none twice in a row.
std::string plain(std::string_view word) {
  std::string spelling;
  const auto add = [&](std::string_view letters) {
    for (const char letter : letters) {
      if (spelling.empty() || spelling.back() != letter) spelling += letter;
    }
  };
  for (bool is_first = true; !word.empty(); is_first = false) {
    const auto written = std::ranges::find_if(
        kWrittenFor, [&](const auto& letters) { return word.starts_with(letters.first); });
    const bool is_plain = written == kWrittenFor.end() || (is_first && word.front() == 'h');
    add(is_plain ? word.substr(0, 1) : written->second);
    word.remove_prefix(is_plain ? 1 : written->first.size());
  }
  return spelling;
}

// All but the first letter.
std::string without_vowels(std::string_view spelling) {
  std::string consonants(spelling.substr(0, 1));
  std::ranges::copy_if(
      spelling.substr(consonants.size()), std::back_inserter(consonants),
      [](char c) { return std::string_view("aeiou").find(c) == std::string_view::npos; });
  return consonants;
}

}  // namespace

bool are_spellings_of_one(std::string_view a, std::string_view b) {
  const std::string x = plain(a), y = plain(b);
  if (x == y) return true;
  return std::min(a.size(), b.size()) >= kShortestWithOtherVowels && x.size() == y.size() &&
         without_vowels(x) == without_vowels(y);
}

}  // namespace cdh
