#include "hub/match/word_likeness.hpp"

#include <array>
#include <utility>

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
    WordLikeness likeness(words, counts);
    for (int i = 0; i < 2; ++i) {
      EXPECT_EQ(ask(likeness, x, y), expected) << a << " and " << b;
      EXPECT_EQ(ask(likeness, y, x), expected) << b << " and " << a;
    }
  }
  void check_given(std::string_view a, std::string_view b, std::string_view expected) {
    const WordId x = words.intern(a);
    const WordId y = words.intern(b);
    WordLikeness likeness(words, counts);
    const auto ask = [&](WordId one, WordId other) {
      return level_name(MatchField::given, likeness.compare_given(one, other));
    };
    EXPECT_EQ(ask(x, y), expected) << a << " and " << b;
    EXPECT_EQ(ask(y, x), expected) << b << " and " << a;
  }
  // How many parties have the given name.
  void count(std::string_view name, std::uint32_t parties) {
    ValueCounts::Counts all = counts.counts(CountedValue::given_name);
    all[words[words.intern(name)].hash] = parties;
    counts.set(CountedValue::given_name, 10'000, std::move(all));
  }
  Vocabulary words;
  ValueCounts counts;
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

TEST_F(WordLikenessOf, KnownGivenNamesAreTwo) {
  const std::pair<const char*, const char*> siblings[] = {
      {"julia", "julita"}, {"szymon", "tymon"}, {"michal", "michalina"}, {"hasan", "hakan"},
      {"sunil", "sunita"}, {"jan", "jana"},     {"rohit", "mohit"},      {"heike", "heiko"}};
  for (const auto& [one, other] : siblings) check_given(one, other, "alike");
}

// No list has these.
TEST_F(WordLikenessOf, FrequentGivenNamesAreTwo) {
  const std::pair<const char*, const char*> siblings[] = {
      {"lodit", "modit"},   {"avina", "avira"},   {"hadan", "hagan"},
      {"sunita", "sumita"}, {"javier", "xavier"}, {"amir", "emir"}};
  for (const auto& [one, other] : siblings) {
    check_given(one, other, one == std::string_view("amir") ? "loose" : "typing_error");
    count(one, 5);
    count(other, 40);
    check_given(one, other, "alike");
  }
  count("emre", 10);
  count("umar", 10);
  check_given("emre", "umar", "alike");  // of one sound
  count("marila", 7);
  check_given("marila", "marisa", "alike");  // of which a list has the second
}

TEST_F(WordLikenessOf, ARareGivenNameBesideAFrequentOneIsASlip) {
  count("lodit", 4'000);
  count("lodti", 199);
  check_given("lodit", "lodti", "typing_error");
  count("modit", 200);
  check_given("lodit", "modit", "alike");
  count("sunita", 4);
  count("sumita", 4);
  check_given("sunita", "sumita", "typing_error");  // too few to tell
}

TEST_F(WordLikenessOf, FrequentSpellingsOfOneGivenNameAreOne) {
  const std::pair<const char*, const char*> spellings[] = {{"hasan", "hassan"},
                                                           {"mohamed", "mohamad"},
                                                           {"yelena", "elena"},
                                                           {"sergei", "sergey"},
                                                           {"dmitri", "dmitriy"}};
  for (const auto& [one, other] : spellings) {
    count(one, 300);
    count(other, 200);
    check_given(one, other, "typing_error");
  }
  count("pawe", 100);
  check_given("pawe", "pawel", "typing_error");  // a letter was lost in a whole source
  count("alexei", 300);
  check_given("alex", "alexei", "loose");
  count("sylwunia", 30);
  check_given("sylwia", "sylwunia", "loose");
}

// More pairs than are remembered at once: what is forgotten is found again.
TEST(WordLikeness, AnswersTheSameWhenItsMemoryIsFull) {
  Vocabulary words;
  std::vector<WordId> ids;
  for (int i = 0; i < 400; ++i) ids.push_back(words.intern("w" + std::to_string(i * 7) + "nowak"));
  const ValueCounts none;
  WordLikeness likeness(words, none);
  for (const WordId a : ids) {
    for (const WordId b : ids) {
      ASSERT_EQ(likeness.are_close(a, b), is_typing_error(words[a].text, words[b].text))
          << words[a].text << " and " << words[b].text;
    }
  }
}

}  // namespace
}  // namespace cdh
