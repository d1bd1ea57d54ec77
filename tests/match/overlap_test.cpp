#include "hub/match/overlap.hpp"

#include <array>
#include <random>

#include <gtest/gtest.h>

#include "tests/match/parties.hpp"

namespace cdh {
namespace {

class OverlapOf : public ::testing::Test {
 protected:
  // Of names of two organisations among whose like "bank" is common.
  Overlap of(const std::string& a, const std::string& b) {
    Parties parties;
    for (int i = 0; i < 50; ++i) parties.add("org=Bank Number" + std::to_string(i));
    const ValueCounts counts = count_values(parties.all, parties.words);
    parties.add("org=" + a);
    parties.add("org=" + b);
    const WordFrequencies frequencies(parties.words, counts);
    WordLikeness likeness(parties.words, counts);
    const auto words = [&](std::size_t party) {
      return parties[party].words_of(parties[party].organizations()[0].words);
    };
    const Overlap one = overlap(likeness, frequencies, WordsOf::organization, words(50), words(51));
    const Overlap other =
        overlap(likeness, frequencies, WordsOf::organization, words(51), words(50));
    EXPECT_EQ(one.of_smaller, other.of_smaller) << a << " and " << b;
    EXPECT_EQ(one.of_union, other.of_union) << a << " and " << b;
    return one;
  }
};

TEST_F(OverlapOf, EqualListsIsWhole) {
  EXPECT_NEAR(of("acme trading", "acme trading").of_smaller, 1, 1e-6);
  EXPECT_NEAR(of("acme trading", "trading acme").of_union, 1, 1e-6);
}

TEST_F(OverlapOf, PartOfAListIsTheWholeOfTheSmaller) {
  const Overlap part = of("acme", "acme trading");
  EXPECT_NEAR(part.of_smaller, 1, 1e-6);
  EXPECT_NEAR(part.of_union, 0.5, 1e-6);  // two words that are as rare
}

TEST_F(OverlapOf, OtherWordsIsNothing) {
  EXPECT_EQ(of("acme trading", "zenith foods").of_union, 0);
}

TEST_F(OverlapOf, ACommonWordCountsForLittle) {
  const Overlap common = of("bank acme", "bank zenith");
  const Overlap rare = of("bank acme", "media acme");
  EXPECT_LT(common.of_smaller, 0.2);
  EXPECT_GT(rare.of_smaller, 0.8);
}

TEST_F(OverlapOf, AWordThatIsAlikeCountsForLess) {
  EXPECT_NEAR(of("carpentry", "carpenrty").of_smaller, 0.85, 1e-6);      // a typing error
  EXPECT_NEAR(of("carpentry", "carpent").of_smaller, 0.85, 1e-6);        // a beginning
  EXPECT_NEAR(of("szmitowski", "schmidtowski").of_smaller, 0.85, 1e-6);  // a sound
  EXPECT_EQ(of("number3 x7341", "number4 x7342").of_smaller, 0);         // numbers are never alike
}

TEST_F(OverlapOf, EachWordIsFoundOnce) {
  EXPECT_NEAR(of("acme", "acme acme").of_union, 1, 1e-6);
  EXPECT_LT(of("carpentry", "carpenrty carpetnry").of_union, 0.5);
}

// Words that could be taken for several of the other list.
TEST_F(OverlapOf, AnyListsIsSymmetric) {
  constexpr std::array<const char*, 7> kWords = {"carpentry", "carpenrty", "carpetnry", "carpent",
                                                 "bank",      "akme",      "acme"};
  std::mt19937 random(3);
  const auto any_name = [&] {
    std::string name = kWords[random() % kWords.size()];
    for (std::size_t i = random() % 4; i > 0; --i) {
      name += " " + std::string(kWords[random() % kWords.size()]);
    }
    return name;
  };
  for (int i = 0; i < 200; ++i) {
    const std::string a = any_name();
    of(a, any_name());
  }
}

}  // namespace
}  // namespace cdh
