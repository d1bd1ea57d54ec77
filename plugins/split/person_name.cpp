#include "person_name.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "east_asian_name.hpp"
#include "name_titles.hpp"
#include "words.hpp"

namespace cdh::split {

namespace {

using Words = std::vector<std::string_view>;

constexpr std::size_t kMaxBytes = 200;
constexpr std::size_t kMaxWords = 12;

// Moves titles and suffixes from the words to the name. Suffixes leave at least one word.
void take_honorifics(Words& words, PersonName& name) {
  const auto titles = count_titles(words);
  append_word(join(words, 0, titles), name.honorific_prefix);
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(titles));
  if (words.empty()) return;
  const std::size_t suffixes = std::min(count_suffixes(words), words.size() - 1);
  append_word(join(words, words.size() - suffixes, words.size()), name.honorific_suffix);
  words.resize(words.size() - suffixes);
}

// Three letters, or two at the end of a name, and none of them small. Initials have stops.
bool is_capitals(std::string_view word, int least) {
  int letters = 0;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(word.data());
  const auto size = static_cast<std::int32_t>(word.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, size, point);
    if (point == '.' || u_islower(point)) return false;
    letters += u_isupper(point) ? 1 : 0;
  }
  return letters >= least;
}

// The family name is the words [first, last); the other words are given and additional names.
struct FamilyPlace {
  std::size_t first = 0;
  std::size_t last = 0;
};

FamilyPlace family_at_end(const Words& words) {
  if (is_particle(words[0])) return {0, words.size()};  // "von der Leyen", without a given name
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    if (is_particle(words[i])) return {i, words.size()};
  }
  return {words.size() - 1, words.size()};
}

FamilyPlace family_at_front(const Words& words) {
  std::size_t last = 0;
  while (last + 1 < words.size() && is_particle(words[last])) ++last;
  return {0, last + 1};
}

// The run of words in capitals at one end, when the other words are not in capitals.
FamilyPlace family_in_capitals(const Words& words) {
  std::size_t front = 0;
  while (front < words.size() && is_capitals(words[front], 3)) ++front;
  std::size_t back = words.size();
  while (back > 0 && is_capitals(words[back - 1], 2)) --back;
  if (front == words.size() || back == 0) return {};  // all capitals say nothing
  if (back < words.size()) {
    while (back > 1 && is_particle(words[back - 1])) --back;
    return {back, words.size()};
  }
  return {0, front};
}

// Endings that Polish family names have and given names have not.
bool has_family_ending(std::string_view word) {
  constexpr std::string_view kEndings[] = {"ski",  "ska",  "cki",  "cka", "dzki",
                                           "dzka", "wicz", "czyk", "czak"};
  constexpr std::size_t kShortest = 5;  // "Iwicz"; shorter ones may be anything
  const std::string folded = fold(word);
  return folded.size() >= kShortest &&
         std::any_of(std::begin(kEndings), std::end(kEndings), [&](std::string_view ending) {
           return folded.size() > ending.size() &&
                  folded.compare(folded.size() - ending.size(), ending.size(), ending) == 0;
         });
}

// "Kowalska Anna Maria": the first word is a family name by its ending, and no other word is.
bool is_family_in_front(const Words& words) {
  return has_family_ending(words.front()) &&
         std::none_of(words.begin() + 1, words.end(), has_family_ending);
}

void place(const Words& words, FamilyPlace family, PersonName& name) {
  name.family_name = join(words, family.first, family.last);
  Words given(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(family.first));
  given.insert(given.end(), words.begin() + static_cast<std::ptrdiff_t>(family.last), words.end());
  if (given.empty()) return;
  name.given_name = given[0];
  name.additional_name = join(given, 1, given.size());
}

void place_by_order(const Words& words, NameOrder order, PersonName& name) {
  if (words.empty()) return;
  if (words.size() == 1) {
    const bool is_family = order == NameOrder::family_first || !name.honorific_prefix.empty();
    (is_family ? name.family_name : name.given_name) = words[0];
    return;
  }
  if (order == NameOrder::family_first) return place(words, family_at_front(words), name);
  if (order == NameOrder::automatic) {
    const FamilyPlace family = family_in_capitals(words);
    if (family.last > 0) return place(words, family, name);
    if (is_family_in_front(words)) return place(words, family_at_front(words), name);
  }
  place(words, family_at_end(words), name);
}

// "Beethoven, Ludwig van": particles at the end of the given names belong to the family name.
void place_around_comma(Words family, Words given, PersonName& name) {
  take_honorifics(family, name);
  take_honorifics(given, name);
  std::size_t count = given.size();
  while (count > 1 && is_particle(given[count - 1])) --count;
  name.family_name = join(given, count, given.size());
  append_word(join(family, 0, family.size()), name.family_name);
  given.resize(count);
  if (given.empty()) return;
  name.given_name = given[0];
  name.additional_name = join(given, 1, given.size());
}

// "Nowak - Zielińska" is one family name.
std::string close_hyphens(std::string text) {
  for (const std::string_view dash : {" - ", " \xE2\x80\x93 "}) {
    for (std::size_t at = text.find(dash); at != std::string::npos; at = text.find(dash)) {
      text.replace(at, dash.size(), "-");
    }
  }
  return text;
}

// Takes the comma-separated pieces at the end that are only titles or suffixes: "Smith, John, PhD".
void take_trailing_pieces(std::vector<std::string>& parts, PersonName& name) {
  std::string suffixes, titles;
  while (parts.size() > 1) {
    const Words last = words(parts.back());
    if (count_suffixes(last) == last.size()) {
      suffixes = suffixes.empty() ? parts.back() : parts.back() + ' ' + suffixes;
    } else if (count_titles(last) == last.size()) {
      titles = titles.empty() ? parts.back() : parts.back() + ' ' + titles;
    } else {
      break;
    }
    parts.pop_back();
  }
  name.honorific_suffix = suffixes;
  name.honorific_prefix = titles;
}

}  // namespace

PersonName split_name(std::string_view text, NameOrder order) {
  PersonName name;
  if (text.size() > kMaxBytes) return name;
  const std::string whole = close_hyphens(tidy(text));
  if (split_east_asian_name(whole, name)) return name;
  std::vector<std::string> parts = pieces(whole, ",;");
  if (parts.empty() || words(whole).size() > kMaxWords) return name;
  take_trailing_pieces(parts, name);
  if (parts.size() == 1) {
    Words all = words(parts[0]);
    // The suffix that stands inside the name goes before those after commas.
    std::string after_commas = std::move(name.honorific_suffix);
    name.honorific_suffix.clear();
    const bool is_chinese_pan = order == NameOrder::family_first && fold(all[0]) == "pan";
    if (!is_chinese_pan) take_honorifics(all, name);
    place_by_order(all, order, name);
    append_word(after_commas, name.honorific_suffix);
    return name;
  }
  std::string given;
  for (std::size_t i = 1; i < parts.size(); ++i) append_word(parts[i], given);
  place_around_comma(words(parts[0]), words(given), name);
  return name;
}

}  // namespace cdh::split
