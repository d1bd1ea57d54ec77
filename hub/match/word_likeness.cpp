#include "hub/match/word_likeness.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>

#include "hub/match/edit_distance.hpp"
#include "hub/match/given_name.hpp"
#include "hub/match/spelling.hpp"

namespace cdh {

namespace {

constexpr std::size_t kEntries = 1 << 16;  // 1 MB: stays in the processor's cache

int typing_errors_allowed(std::size_t shorter, std::size_t longer) {
  if (shorter >= 12) return 3;
  if (shorter >= 8) return 2;
  return longer >= 5 ? 1 : 0;
}

// Each edit changes at most two of the letters that occur.
bool can_be_within(const Word& a, const Word& b, int edits) {
  return std::popcount(a.letters ^ b.letters) <= 2 * edits;
}

// Beyond three edits, of another sound, and neither begins with the other: nothing here calls such
// words alike, and most words that meet are so.
bool are_plainly_unlike(const Word& a, const Word& b) {
  constexpr int kMostEdits = 3;
  const std::uint32_t common = a.letters & b.letters;
  return !can_be_within(a, b, kMostEdits) && common != a.letters && common != b.letters &&
         a.sound != b.sound;
}

double jaro_winkler(std::string_view a, std::string_view b) {
  constexpr std::size_t kLongest = 64;
  if (a.size() > kLongest || b.size() > kLongest) return 0;
  const std::size_t half = std::max(a.size(), b.size()) / 2;
  const std::size_t window = half > 0 ? half - 1 : 0;
  std::array<bool, kLongest> taken{};
  std::array<char, kLongest> found{};
  std::size_t common = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t end = std::min(b.size(), i + window + 1);
    for (std::size_t j = i > window ? i - window : 0; j < end; ++j) {
      if (taken[j] || a[i] != b[j]) continue;
      taken[j] = true;
      found[common++] = a[i];
      break;
    }
  }
  if (common == 0) return 0;
  std::size_t next = 0;
  double transposed = 0;
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (taken[j] && found[next++] != b[j]) transposed += 0.5;
  }
  const auto count = static_cast<double>(common);
  const double jaro = (count / static_cast<double>(a.size()) +
                       count / static_cast<double>(b.size()) + (count - transposed) / count) /
                      3;
  std::size_t prefix = 0;
  while (prefix < std::min({std::size_t{4}, a.size(), b.size()}) && a[prefix] == b[prefix]) {
    ++prefix;
  }
  return jaro + static_cast<double>(prefix) * 0.1 * (1 - jaro);
}

// A Chinese name and a known Western one, which many Chinese use beside it.
bool is_mixed(const Word& a, const Word& b) {
  const auto is_western = [](const Word& word) { return word.is_known_given && !word.is_pinyin; };
  const auto is_chinese = [](const Word& word) { return word.is_pinyin && !word.is_known_given; };
  return (is_western(a) && is_chinese(b)) || (is_western(b) && is_chinese(a));
}

bool are_loose(const Word& a, const Word& b) {
  const std::string_view x = a.text;
  const std::string_view y = b.text;
  const std::size_t shorter = std::min(x.size(), y.size());
  const std::size_t longer = std::max(x.size(), y.size());
  if (shorter < 2) return false;
  if (a.sound == b.sound && a.sound_size >= 2) return true;
  if (shorter >= 3 && (x.starts_with(y) || y.starts_with(x))) return true;
  const int edits = longer >= 6 ? 2 : longer >= 4 ? 1 : 0;
  if (edits > 0 && can_be_within(a, b, edits) && edit_distance(x, y, edits) <= edits) return true;
  // Below that likeness words of this length have too few letters in common.
  constexpr double kLeast = 0.92;
  const int fewer_letters = std::min(std::popcount(a.letters), std::popcount(b.letters));
  return longer - shorter <= 2 && std::popcount(a.letters & b.letters) * 3 >= fewer_letters &&
         jaro_winkler(x, y) >= kLeast;
}

}  // namespace

bool is_typing_error(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const std::size_t shorter = std::min(a.size(), b.size());
  const std::size_t longer = std::max(a.size(), b.size());
  if (shorter < 3 || longer - shorter > 3) return false;
  const int limit = typing_errors_allowed(shorter, longer);
  return limit > 0 && edit_distance(a, b, limit) <= limit;
}

WordLikeness::WordLikeness(const Vocabulary& vocabulary, const ValueCounts& counts)
    : vocabulary_(vocabulary), counts_(counts), entries_(kEntries) {}

WordLikeness::Entry& WordLikeness::entry(WordId a, WordId b) {
  if (a > b) std::swap(a, b);
  const std::uint64_t words = std::uint64_t{a} << 32 | b;
  Entry& entry = entries_[(words * 0x9E3779B97F4A7C15U) >> 48];
  if (entry.words != words) entry = {words, 0, kMissing};
  return entry;
}

bool WordLikeness::are_close(WordId a, WordId b) {
  if (a == b) return true;
  const Word& x = vocabulary_[a];
  const Word& y = vocabulary_[b];
  if (!can_be_within(x, y, 3)) return false;
  Entry& found = entry(a, b);
  if ((found.known & kClose) == 0) {
    found.known |= kClose;
    if (is_typing_error(x.text, y.text)) found.known |= kIsClose;
  }
  return (found.known & kIsClose) != 0;
}

bool WordLikeness::are_loosely_alike(WordId a, WordId b) {
  if (a == b) return true;
  if (are_plainly_unlike(vocabulary_[a], vocabulary_[b])) return false;
  Entry& found = entry(a, b);
  if ((found.known & kLoose) == 0) {
    found.known |= kLoose;
    if (are_loose(vocabulary_[a], vocabulary_[b])) found.known |= kIsLoose;
  }
  return (found.known & kIsLoose) != 0;
}

Level WordLikeness::compare_given(WordId a, WordId b) {
  if (a == b) return given_level::exact;
  const Word& x = vocabulary_[a];
  const Word& y = vocabulary_[b];
  if (!(x.may_be_short && y.may_be_short) && are_plainly_unlike(x, y)) {
    return is_mixed(x, y) ? given_level::mixed : given_level::differ;
  }
  const Level known = entry(a, b).given;
  if (known != kMissing) return known;
  const Level level = given_of(a, b);
  entry(a, b).given = level;  // looked up again: the other look-ups may have taken its place
  return level;
}

Level WordLikeness::given_of(WordId a, WordId b) {
  const Word& x = vocabulary_[a];
  const Word& y = vocabulary_[b];
  if (x.text.size() == 1 || y.text.size() == 1) {
    return x.text.front() == y.text.front() ? given_level::initial : given_level::differ;
  }
  const bool may_be_listed =
      x.may_be_short || y.may_be_short || x.text.ends_with("ek") || y.text.ends_with("ek");
  if ((may_be_listed && is_nickname_of(x.text, y.text)) || is_chinese_pet_form(x.text, y.text)) {
    return given_level::nickname;
  }
  const bool both_known = x.is_known_given && y.is_known_given;
  const bool by_gender = differs_by_gender_ending(x.text, y.text);
  if (both_known && !by_gender && std::min(x.text.size(), y.text.size()) >= 6 &&
      x.sound == y.sound && edit_distance(x.text, y.text, 1) == 1) {
    return given_level::nickname;  // kristen, kristin
  }
  if (both_known || by_gender) {
    if (are_close(a, b) || are_loosely_alike(a, b)) return given_level::alike;
    return both_known ? given_level::other_name : given_level::differ;
  }
  const bool is_close = are_close(a, b);
  if (!is_close && !are_loosely_alike(a, b)) {
    return is_mixed(x, y) ? given_level::mixed : given_level::differ;
  }
  if (are_counted_as_two(x, y)) return given_level::alike;
  return is_close ? given_level::typing_error : given_level::loose;
}

// Rohit and Mohit: both occur too often to be the other's slip. But other forms of one name are
// frequent, too: its spellings, what a whole source without the last letter makes of it, and short and
// pet forms, which are two letters shorter or longer (alex, alexei; sylwia, sylwunia).
bool WordLikeness::are_counted_as_two(const Word& a, const Word& b) const {
  constexpr std::uint32_t kFewest = 5;      // parties that have a name
  constexpr std::uint32_t kLeastPart = 20;  // one in so many of those that have the other
  constexpr std::size_t kLettersOfEnding = 2;
  const ValueCounts::Counts& counted = counts_.counts(CountedValue::given_name);
  const auto count = [&](const Word& word) -> std::uint64_t {
    const auto found = counted.find(word.hash);
    return found == counted.end() ? 0 : found->second;
  };
  const std::uint64_t of_a = count(a), of_b = count(b);
  const auto is_name = [](const Word& word, std::uint64_t own, std::uint64_t others) {
    return word.is_known_given || (own >= kFewest && own * kLeastPart >= others);
  };
  if (!is_name(a, of_a, of_b) || !is_name(b, of_b, of_a)) return false;
  const std::size_t shorter = std::min(a.text.size(), b.text.size());
  const std::size_t longer = std::max(a.text.size(), b.text.size());
  const bool is_other_form = longer - shorter >= kLettersOfEnding || a.text.starts_with(b.text) ||
                             b.text.starts_with(a.text) || are_spellings_of_one(a.text, b.text);
  return !is_other_form;
}

}  // namespace cdh
