#include "hub/match/vocabulary.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace cdh {
namespace {

TEST(Vocabulary, HoldsEachWordOnce) {
  Vocabulary words;
  const WordId anna = words.intern("anna");
  const WordId nowak = words.intern("nowak");
  EXPECT_NE(anna, nowak);
  EXPECT_EQ(words.intern(std::string("anna")), anna);
  EXPECT_EQ(words[anna].text, "anna");
  EXPECT_EQ(words.size(), 3U) << "with the blank word";
}

TEST(Vocabulary, HasTheBlankWordFromTheBeginning) {
  Vocabulary words;
  EXPECT_EQ(words.intern(""), kNoWord);
  EXPECT_EQ(words[kNoWord].text, "");
  EXPECT_EQ(words[kNoWord].sound, 0U);
}

TEST(Vocabulary, KnowsWhatComparingNeeds) {
  Vocabulary words;
  const Word anna = words[words.intern("anna")];
  EXPECT_TRUE(anna.is_known_given);
  EXPECT_FALSE(anna.has_digit);
  EXPECT_EQ(anna.sound_size, 2);
  EXPECT_EQ(anna.sound, words[words.intern("ana")].sound);
  EXPECT_NE(anna.hash, words[words.intern("ana")].hash);
  EXPECT_EQ(anna.letters, words[words.intern("nan")].letters) << "a and n";
  EXPECT_TRUE(words[words.intern("xiaoming")].is_pinyin);
  EXPECT_TRUE(words[words.intern("wang")].is_chinese_surname);
  EXPECT_TRUE(words[words.intern("ouyang")].is_chinese_surname);
  EXPECT_FALSE(words[words.intern("xiaoming")].is_chinese_surname);
  EXPECT_FALSE(words[words.intern("shah")].is_chinese_surname);
  EXPECT_FALSE(words[words.intern("kowalski")].is_pinyin);
  EXPECT_FALSE(words[words.intern("kowalski")].is_known_given);
  EXPECT_TRUE(words[words.intern("o31")].has_digit);
}

TEST(Vocabulary, TakesTheWordsOfAList) {
  WordList list;
  list.intern("nowak");
  list.intern("anna");
  Vocabulary words;
  const WordId anna = words.intern("anna");
  const std::vector<WordId> ids = words.intern(list);
  ASSERT_EQ(ids.size(), 3U);
  EXPECT_EQ(ids[kNoWord], kNoWord);
  EXPECT_EQ(words[ids[1]].text, "nowak");
  EXPECT_EQ(ids[2], anna);
}

// Texts stay where they are when more come, and when the vocabulary moves.
TEST(Vocabulary, KeepsTextsInPlace) {
  Vocabulary words;
  const WordId first = words.intern("anna");
  const std::string_view text = words[first].text;
  const std::string long_word(300'000, 'x');
  const WordId large = words.intern(long_word);
  for (int i = 0; i < 50'000; ++i) words.intern("word" + std::to_string(i));
  EXPECT_EQ(words[first].text.data(), text.data());
  EXPECT_EQ(words[large].text, long_word);
  const Vocabulary moved = std::move(words);
  EXPECT_EQ(moved[first].text.data(), text.data());
  EXPECT_EQ(moved[first].text, "anna");
}

}  // namespace
}  // namespace cdh
