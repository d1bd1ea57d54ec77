#include "hub/match/word_list.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace cdh {
namespace {

TEST(WordList, HoldsEachWordOnce) {
  WordList words;
  const WordId anna = words.intern("anna");
  const WordId nowak = words.intern("nowak");
  EXPECT_NE(anna, nowak);
  EXPECT_EQ(words.intern(std::string("anna")), anna);
  EXPECT_EQ(words[anna], "anna");
  EXPECT_EQ(words[nowak], "nowak");
  EXPECT_EQ(words.size(), 3U) << "with the blank word";
}

TEST(WordList, HasTheBlankWordFromTheBeginning) {
  WordList words;
  EXPECT_EQ(words.intern(""), kNoWord);
  EXPECT_EQ(words[kNoWord], "");
  EXPECT_EQ(words.size(), 1U);
}

TEST(WordList, NumbersManyWordsInTheirOrder) {
  WordList words;
  constexpr WordId kMany = 50'000;
  for (int round = 0; round < 2; ++round) {
    for (WordId i = 1; i <= kMany; ++i) EXPECT_EQ(words.intern("word" + std::to_string(i)), i);
  }
  EXPECT_EQ(words.size(), kMany + 1);
}

// Texts stay where they are when more come, and when the list moves.
TEST(WordList, KeepsTextsInPlace) {
  WordList words;
  const WordId first = words.intern("anna");
  const std::string_view text = words[first];
  const std::string long_word(300'000, 'x');
  const WordId large = words.intern(long_word);
  for (int i = 0; i < 50'000; ++i) words.intern("word" + std::to_string(i));
  EXPECT_EQ(words[first].data(), text.data());
  EXPECT_EQ(words[large], long_word);
  const WordList moved = std::move(words);
  EXPECT_EQ(moved[first].data(), text.data());
  EXPECT_EQ(moved[first], "anna");
}

}  // namespace
}  // namespace cdh
