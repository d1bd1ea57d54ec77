#include "hub/match/word_likeness.hpp"

#include <array>

#include <gtest/gtest.h>

#include "tests/match/levels.hpp"

namespace cdh {
namespace {

TEST(WordLikeness, AllowsMoreTypingErrorsInLongerWords) {
  const auto check = [](std::string_view a, std::string_view b, bool expected) {
    EXPECT_EQ(is_typing_error(a, b), expected) << a << " and " << b;
    EXPECT_EQ(is_typing_error(b, a), expected) << b << " and " << a;
  };
  check("nowak", "nowak", true);
  check("nowak", "nowka", true);
  check("nowak", "nowa", true);
  check("nova", "nowa", false);    // four letters
  check("nowak", "novka", false);  // two edits
  check("kowalski", "kovalsky", true);
  check("kowalski", "kovalsy", false);  // the shorter has seven letters
  check("przybyszewska", "pszybyszewsha", true);
  check("konstantynopol", "kanstontinopol", true);
  check("konstantynopol", "kanstontinopil", false);
  check("ab", "abc", false);
  check("a", "a", true);
}

class OfOneVocabulary : public ::testing::Test {
 protected:
  // The answer for both orders, asked twice: the second comes from memory.
  template <typename Ask>
  void check(std::string_view a, std::string_view b, bool expected, Ask&& ask) {
    const WordId x = words.intern(a);
    const WordId y = words.intern(b);
    WordLikeness likeness(words);
    for (int i = 0; i < 2; ++i) {
      EXPECT_EQ(ask(likeness, x, y), expected) << a << " and " << b;
      EXPECT_EQ(ask(likeness, y, x), expected) << b << " and " << a;
    }
  }
  void check_given(std::string_view a, std::string_view b, std::string_view expected) {
    const WordId x = words.intern(a);
    const WordId y = words.intern(b);
    WordLikeness likeness(words);
    const auto ask = [&](WordId one, WordId other) {
      return level_name(MatchField::given, likeness.compare_given(one, other));
    };
    EXPECT_EQ(ask(x, y), expected) << a << " and " << b;
    EXPECT_EQ(ask(y, x), expected) << b << " and " << a;
  }
  Vocabulary words;
};

using WordLikenessOf = OfOneVocabulary;

TEST_F(WordLikenessOf, WordsThatAreClose) {
  const auto close = [](WordLikeness& likeness, WordId a, WordId b) {
    return likeness.are_close(a, b);
  };
  check("kowalski", "kovalsky", true, close);
  check("kowalski", "nowak", false, close);
  check("nowak", "nowak", true, close);
}

TEST_F(WordLikenessOf, WordsThatAreLooselyAlike) {
  const auto loose = [](WordLikeness& likeness, WordId a, WordId b) {
    return likeness.are_loosely_alike(a, b);
  };
  check("schmidt", "szmit", true, loose);      // sound
  check("chris", "christopher", true, loose);  // beginning
  check("nova", "nowa", true, loose);          // an edit at four letters
  check("martha", "marhta", true, loose);      // Winkler's own example
  check("kowalski", "nowak", false, loose);
  check("smith", "jones", false, loose);
  check("li", "lin", false, loose);
  check("x", "xy", false, loose);
  check("aaaaaaaaaaaaaaaabcde", "aaaaaaaaaaaaaaaaaa", true,
        loose);  // Winkler, few kinds of letters
}

TEST_F(WordLikenessOf, GivenNamesOfOnePerson) {
  check_given("anna", "anna", "exact");
  check_given("bob", "robert", "nickname");
  check_given("bob", "rob", "nickname");  // both of robert
  check_given("ania", "anna", "nickname");
  check_given("gosia", "malgorzata", "nickname");
  check_given("lukaszek", "lukasz", "nickname");
  check_given("xiaoming", "ming", "nickname");
  check_given("mingming", "ming", "nickname");
  check_given("kristen", "kristin", "nickname");
  check_given("krzysztof", "krzystof", "typing_error");
  check_given("j", "john", "initial");
}

// Brothers, sisters and couples whose names are one letter apart.
TEST_F(WordLikenessOf, GivenNamesOfTwoPeople) {
  check_given("maria", "marta", "alike");
  check_given("adrian", "adriana", "alike");
  check_given("mario", "maria", "alike");
  check_given("daniel", "daniele", "alike");
  check_given("julian", "juliana", "alike");
  check_given("anna", "jan", "other_name");
  check_given("mary", "james", "other_name");
  check_given("j", "anna", "differ");
  check_given("quorra", "zbych", "differ");
  check_given("qiang", "robert", "mixed");
}

// More pairs than are remembered at once: what is forgotten is found again.
TEST(WordLikeness, AnswersTheSameWhenItsMemoryIsFull) {
  Vocabulary words;
  std::vector<WordId> ids;
  for (int i = 0; i < 400; ++i) ids.push_back(words.intern("w" + std::to_string(i * 7) + "nowak"));
  WordLikeness likeness(words);
  for (const WordId a : ids) {
    for (const WordId b : ids) {
      ASSERT_EQ(likeness.are_close(a, b), is_typing_error(words[a].text, words[b].text))
          << words[a].text << " and " << words[b].text;
    }
  }
}

}  // namespace
}  // namespace cdh
