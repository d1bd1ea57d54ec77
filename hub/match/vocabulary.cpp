#include "hub/match/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "hub/base/hash.hpp"
#include "hub/match/given_name.hpp"
#include "hub/match/sound.hpp"

namespace cdh {

namespace {

// The syllables of Hanyu Pinyin without tones, from their initials and finals; the table has some
// that do not occur, which does not matter here.
const std::unordered_set<std::string>& pinyin_syllables() {
  static constexpr std::array<const char*, 24> kInitials = {
      "",  "b", "p", "m",  "f",  "d",  "t", "n", "l", "g", "k", "h",
      "j", "q", "x", "zh", "ch", "sh", "r", "z", "c", "s", "y", "w"};
  static constexpr std::array<const char*, 33> kFinals = {
      "a",   "o",  "e",  "ai",  "ei",  "ao",  "ou",  "an",   "en",   "ang", "eng",
      "ong", "i",  "ia", "ie",  "iao", "iu",  "ian", "in",   "iang", "ing", "iong",
      "u",   "ua", "uo", "uai", "ui",  "uan", "un",  "uang", "ue",   "er",  "v"};
  static const auto* const syllables = [] {
    auto* const set = new std::unordered_set<std::string>;
    for (const char* initial : kInitials) {
      for (const char* final : kFinals) set->insert(std::string(initial) + final);
    }
    return set;
  }();
  return *syllables;
}

bool is_pinyin(std::string_view word) {
  constexpr std::size_t kLongest = 18;
  constexpr std::size_t kLongestSyllable = 6;
  if (word.size() > kLongest) return false;
  std::array<bool, kLongest + 1> reached{};
  reached[0] = true;
  for (std::size_t begin = 0; begin < word.size(); ++begin) {
    if (!reached[begin]) continue;
    for (std::size_t size = 1; size <= kLongestSyllable && begin + size <= word.size(); ++size) {
      const std::string syllable(word.substr(begin, size));
      if (pinyin_syllables().contains(syllable)) reached[begin + size] = true;
    }
  }
  return reached[word.size()];
}

bool may_be_chinese_surname(std::string_view word) {
  constexpr std::array<std::string_view, 14> kDoubleSurnames = {
      "dongfang", "duanmu", "gongsun",   "huangfu", "linghu", "murong", "nangong",
      "ouyang",   "sima",   "shangguan", "situ",    "xiahou", "ximen",  "zhuge"};
  return (word.size() > 1 && pinyin_syllables().contains(std::string(word))) ||
         std::ranges::find(kDoubleSurnames, word) != kDoubleSurnames.end();
}

}  // namespace

std::uint32_t letter_set(std::string_view text) {
  std::uint32_t letters = 0;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') letters |= 1U << (c - 'a');
    if (c >= '0' && c <= '9') letters |= 1U << (26 + (c - '0') % 6);
  }
  return letters;
}

Vocabulary::Vocabulary() : words_(1), sounds_of_names_(1, 0) {}

WordId Vocabulary::intern(std::string_view text) {
  const WordId id = texts_.intern(text);
  if (id < words_.size()) return id;
  Word word;
  word.text = texts_[id];
  word.hash = hash64(text);
  const std::string sound = sound_of(text);
  word.sound = sound.empty() ? 0 : hash64(sound);
  word.sound_size = static_cast<std::uint8_t>(std::min<std::size_t>(sound.size(), 255));
  word.letters = letter_set(text);
  word.has_digit = std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
  word.is_known_given = is_known_given_name(text);
  word.may_be_short = has_listed_nickname(text);
  word.is_pinyin = is_pinyin(text);
  word.is_chinese_surname = may_be_chinese_surname(text);
  words_.push_back(word);
  sounds_of_names_.push_back(text.size() > 1 ? word.sound : 0);
  return id;
}

std::vector<WordId> Vocabulary::intern(const WordList& words) {
  std::vector<WordId> ids;
  ids.reserve(words.size());
  for (WordId id = 0; id < words.size(); ++id) ids.push_back(intern(words[id]));
  return ids;
}

}  // namespace cdh
