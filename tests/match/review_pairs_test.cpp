#include "hub/match/review_pairs.hpp"

#include <algorithm>
#include <numeric>
#include <random>

#include <gmock/gmock.h>

#include "hub/match/matching.hpp"
#include "tests/match/town.hpp"

namespace cdh {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Whatever is alike is left to the steward.
MatchPolicy asking() {
  MatchPolicy policy;
  policy.link_score = 1000;
  return policy;
}

std::vector<ReviewPair> band_of(const Parties& parties, const MatchPolicy& policy,
                                const std::vector<Decision>& decisions = {}) {
  return match(parties.all, parties.words, decisions, policy, &town_model()).review;
}

// "1-2": the parties by their ids.
std::vector<std::string> pairs_of(const Parties& parties, const std::vector<ReviewPair>& band) {
  std::vector<std::string> pairs;
  for (const ReviewPair& pair : band) {
    pairs.push_back(std::to_string(parties[pair.a].identity.id) + "-" +
                    std::to_string(parties[pair.b].identity.id));
  }
  return pairs;
}

const std::string kAnna = "given=Anna; family=Nowak; email=anko@x.zz; born=1980-01-02";
const std::string kAnnaLater = "given=Anna; family=Nowak; email=anko@x.zz; born=1980-01-03";
const std::string kZoe = "given=Zoe; family=Brown; email=zoe@y.zz; born=1955-11-30";

TEST(ReviewPairs, AreThoseThatMayBeOneAndAreNot) {
  const Parties parties = {kAnna, kZoe, kAnnaLater};
  EXPECT_THAT(pairs_of(parties, band_of(parties, asking())), ElementsAre("1-3"));
  EXPECT_THAT(band_of(parties, {}), IsEmpty()) << "they are linked";
}

TEST(ReviewPairs, BeginAtTheReviewScore) {
  const Parties parties = {kAnna, kAnnaLater};
  MatchPolicy policy = asking();
  const float score = band_of(parties, policy).at(0).score;
  policy.review_score = static_cast<double>(score) - 0.01;
  EXPECT_THAT(pairs_of(parties, band_of(parties, policy)), ElementsAre("1-2"));
  policy.review_score = static_cast<double>(score) + 0.01;
  EXPECT_THAT(band_of(parties, policy), IsEmpty());
}

TEST(ReviewPairs, AskOnceOfTwoClusters) {
  const Parties parties = {kAnna, kAnna, "given=Anna; family=Nowak; email=anko@x.zz",
                           "given=Anna; family=Nowak; email=anko@x.zz"};
  const std::vector<Decision> decisions = {{Decision::Kind::always_together, 1, 2},
                                           {Decision::Kind::always_together, 3, 4}};
  EXPECT_THAT(pairs_of(parties, band_of(parties, asking(), decisions)), ElementsAre("1-3"))
      << "of equal scores the first by their keys";
}

TEST(ReviewPairs, AreNotAskedWhereAStewardHasSpoken) {
  const Parties parties = {kAnna, kAnna, kAnnaLater, kAnnaLater};
  const std::vector<Decision> decisions = {{Decision::Kind::always_together, 1, 2},
                                           {Decision::Kind::always_together, 3, 4},
                                           {Decision::Kind::never_together, 2, 3}};
  EXPECT_THAT(band_of(parties, asking(), decisions), IsEmpty()) << "1 and 4 neither";
}

TEST(ReviewPairs, AreNotOfASourceWithoutDuplicates) {
  const Parties parties = {kAnna, kAnnaLater};
  MatchPolicy policy = asking();
  policy.one_per_source = {"a"};
  EXPECT_THAT(band_of(parties, policy), IsEmpty());
  policy.one_per_source = {"b"};
  EXPECT_THAT(pairs_of(parties, band_of(parties, policy)), ElementsAre("1-2"));
}

TEST(ReviewPairs, MayBeOfOneRecordOfASourceWithoutDuplicates) {
  Parties parties;
  parties.add(1, "a/s/1/buyer", kAnna);
  parties.add(2, "a/s/1/payer", kAnnaLater);
  parties.add(3, "a/s/2/buyer", kAnna);
  MatchPolicy policy = asking();
  policy.one_per_source = {"a"};
  EXPECT_THAT(pairs_of(parties, band_of(parties, policy)), ElementsAre("1-2"));
}

TEST(ReviewPairs, BeginWithTheHighestScore) {
  const Parties parties = parties_of(Town(300, 4).records());
  const std::vector<ReviewPair> pairs = band_of(parties, asking());
  ASSERT_GT(pairs.size(), 20U);
  EXPECT_TRUE(std::ranges::is_sorted(pairs, std::greater<>(), &ReviewPair::score));
}

TEST(ReviewPairs, DoNotDependOnTheOrderOfTheParties) {
  const Town town(300, 4);
  std::vector<TownRecord> records = town.records();
  const auto keys_of = [](const Parties& parties) {
    std::vector<std::string> keys;
    for (const ReviewPair& pair : band_of(parties, {})) {
      keys.push_back(parties[pair.a].identity.key + " " + parties[pair.b].identity.key + " " +
                     std::to_string(pair.score) + " " + describe(pair));
    }
    return keys;
  };
  const auto expected = keys_of(parties_of(records));
  ASSERT_FALSE(expected.empty());
  std::mt19937 random(1);
  std::ranges::shuffle(records, random);
  EXPECT_EQ(keys_of(parties_of(records)), expected);
}

TEST(ReviewPairs, SayInWordsWhatAgreesAndWhatDoesNot) {
  const Parties parties = {kAnna, "given=Anna; family=Nowack; email=other@z.zz; born=1980-01-02"};
  EXPECT_EQ(describe(band_of(parties, asking()).at(0)),
            "same given name, birth date; similar family name; different e-mail address");
}

// One number used by all: a profile of that many records comes from bad data. It stops growing, and
// a person is to look.
TEST(ReviewPairs, AreOfAClusterThatIsTooLargeToGrow) {
  Parties parties;
  for (int i = 0; i < 2500; ++i) {
    const auto mailbox = [](int number) {
      return "email=" + std::to_string(number * 7919) + "xyz" + std::to_string(number) + "@x.zz; ";
    };
    parties.add("given=Bartholomew; family=Quackenbush; " + mailbox(i) + mailbox(i + 1));
  }
  const std::vector<ReviewPair> band = band_of(parties, {});
  ASSERT_EQ(band.size(), 1U);
  EXPECT_GT(static_cast<double>(band[0].score), MatchPolicy{}.link_score);
  EXPECT_THAT(describe(band[0]), HasSubstr("same "));
  EXPECT_THAT(describe(band[0]), EndsWith("; together more than 2000 records"));

  Decision decision{Decision::Kind::always_together, parties[band[0].a].identity.id,
                    parties[band[0].b].identity.id};
  const auto still_asked = pairs_of(parties, band_of(parties, {}, {decision}));
  EXPECT_EQ(still_asked.size(), 1U) << "the steward learns that it was not followed";
  decision.kind = Decision::Kind::never_together;
  EXPECT_THAT(band_of(parties, {}, {decision}), IsEmpty());
}

}  // namespace
}  // namespace cdh
