// Every word of the parties that are matched, once, with what comparing needs to know of it.
//
//     Vocabulary words;
//     const WordId anna = words.intern("anna");
//     words[anna].text;  // "anna"
//
// Ids are given in the order in which words come, so they decide nothing: where an order is needed,
// take Word::hash. One thread writes; any number may read while none does.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "hub/match/word_list.hpp"

namespace cdh {

struct Word {
  std::string_view text;        // folded; lives as long as the vocabulary
  std::uint64_t hash = 0;       // of the text
  std::uint64_t sound = 0;      // hash of sound_of(text); 0 where that is blank
  std::uint32_t letters = 0;    // letter_set() of the text
  std::uint8_t sound_size = 0;  // length of sound_of(text)
  bool is_known_given = false;  // see given_name.hpp
  bool may_be_short = false;    // has_listed_nickname()
  bool is_pinyin = false;       // can be the romanisation of Chinese syllables
  bool is_chinese_surname = false;  // can be: one syllable, or one of the double surnames
  bool has_digit = false;
};

// Which letters and digits occur, a bit each; digits share six bits. Each edit changes two at most.
std::uint32_t letter_set(std::string_view text);

class Vocabulary {
 public:
  Vocabulary();

  WordId intern(std::string_view text);
  // The ids that the list's words have here, by their ids there.
  std::vector<WordId> intern(const WordList& words);
  const Word& operator[](WordId id) const { return words_[id]; }
  // Word::sound of a word of two letters or more, else 0. Close together in memory.
  std::uint64_t sound_of_name(WordId id) const { return sounds_of_names_[id]; }
  std::size_t size() const { return words_.size(); }

 private:
  WordList texts_;
  std::vector<Word> words_;
  std::vector<std::uint64_t> sounds_of_names_;
};

}  // namespace cdh
