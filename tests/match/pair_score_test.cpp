#include "hub/match/pair_score.hpp"

#include <gtest/gtest.h>

#include "tests/match/town.hpp"

namespace cdh {
namespace {

constexpr PartyKind kPerson = PartyKind::person;

// Under the priors, and nothing counted.
struct Weighed {
  MatchModel model;
  MatchWeights weights{model};
  Comparison comparison;
};

TEST(PairScore, IsCorroboratedByMoreThanNames) {
  Weighed pair;
  pair.comparison[MatchField::given] = given_level::exact;
  pair.comparison[MatchField::family] = family_level::exact;
  EXPECT_FALSE(score_pair(pair.weights, kPerson, pair.comparison).is_corroborated);
  pair.comparison[MatchField::sex] = binary_level::agree;
  EXPECT_FALSE(score_pair(pair.weights, kPerson, pair.comparison).is_corroborated);
  pair.comparison[MatchField::address] = address_level::town;
  EXPECT_FALSE(score_pair(pair.weights, kPerson, pair.comparison).is_corroborated)
      << "a town is less than 3 bits";
  pair.comparison[MatchField::phone] = phone_level::exact;
  EXPECT_TRUE(score_pair(pair.weights, kPerson, pair.comparison).is_corroborated);
}

TEST(PairScore, IsThatOfTheWeights) {
  Weighed pair;
  pair.comparison[MatchField::given] = given_level::exact;
  pair.comparison[MatchField::phone] = phone_level::exact;
  EXPECT_EQ(score_pair(pair.weights, kPerson, pair.comparison).score,
            pair.weights.score(kPerson, pair.comparison));
}

TEST(PairScore, OfATrustedIdentifierLinksUnlessEverythingElseIsAnothers) {
  Weighed pair;
  pair.comparison[MatchField::identifier] = identifier_level::exact;
  pair.comparison.has_trusted_identifier = true;
  EXPECT_GE(score_pair(pair.weights, kPerson, pair.comparison).score, 15);
  pair.comparison[MatchField::given] = given_level::other_name;
  EXPECT_GE(score_pair(pair.weights, kPerson, pair.comparison).score, 15);
  EXPECT_TRUE(score_pair(pair.weights, kPerson, pair.comparison).is_corroborated);
  pair.comparison[MatchField::birth] = birth_level::generation;
  EXPECT_LT(score_pair(pair.weights, kPerson, pair.comparison).score, 1);
}

// All fields agree but for one level, which leaves the pair to a steward or does not.
double score_with(PartyKind kind, MatchField field, Level level, Level identifier = kMissing) {
  Weighed pair;
  for (const MatchField other : fields_compared(kind)) pair.comparison[other] = 0;
  pair.comparison[MatchField::identifier] = identifier;
  pair.comparison[field] = level;
  return score_pair(pair.weights, kind, pair.comparison).score;
}

TEST(PairScore, IsAtMostEvenWhereAStewardHasToDecide) {
  const Level exact = identifier_level::exact, differ = identifier_level::differ;
  EXPECT_EQ(score_with(kPerson, MatchField::birth, birth_level::generation), 0);
  EXPECT_EQ(score_with(kPerson, MatchField::birth, birth_level::generation, differ), 0);
  EXPECT_GT(score_with(kPerson, MatchField::birth, birth_level::generation, exact), 1);
  EXPECT_GT(score_with(kPerson, MatchField::birth, birth_level::differ), 1);
  EXPECT_EQ(score_with(kPerson, MatchField::generation, binary_level::differ), 0);
  EXPECT_GT(score_with(kPerson, MatchField::sex, binary_level::differ), 1) << "born on one day";

  const PartyKind company = PartyKind::organization;
  for (const Level name :
       {organization_level::numbers_differ, organization_level::weak, organization_level::differ}) {
    EXPECT_EQ(score_with(company, MatchField::organization, name), 0);
    EXPECT_GT(score_with(company, MatchField::organization, name, exact), 1);
  }
  EXPECT_GT(score_with(company, MatchField::organization, organization_level::partial), 1);
}

TEST(PairScore, OfAWomanAndAManNeedsABirthDate) {
  Comparison comparison;
  for (const MatchField field : fields_compared(kPerson)) comparison[field] = 0;
  comparison[MatchField::identifier] = kMissing;
  comparison[MatchField::sex] = binary_level::differ;
  EXPECT_EQ(doubt(kPerson, comparison), "");
  comparison[MatchField::birth] = kMissing;
  EXPECT_EQ(doubt(kPerson, comparison), "a woman and a man");
  comparison[MatchField::identifier] = identifier_level::exact;
  EXPECT_EQ(doubt(kPerson, comparison), "");
}

TEST(PairScore, OfCompaniesWhoseNamesOnlyResembleEachOtherNeedsMoreThanAnAddress) {
  Weighed pair;
  pair.comparison[MatchField::organization] = organization_level::partial;
  pair.comparison[MatchField::address] = address_level::same;
  const auto doubt_with = [&](MatchField field, Level level) {
    Comparison comparison = pair.comparison;
    comparison[field] = level;
    return doubt(PartyKind::organization, comparison);
  };
  EXPECT_EQ(doubt(PartyKind::organization, pair.comparison), "names that only resemble each other");
  EXPECT_EQ(doubt_with(MatchField::phone, phone_level::exact), "");
  EXPECT_EQ(doubt_with(MatchField::email, email_level::exact), "");
  EXPECT_EQ(doubt_with(MatchField::domain, binary_level::agree), "");
  EXPECT_NE(doubt_with(MatchField::phone, phone_level::differ), "");
  EXPECT_NE(doubt_with(MatchField::email, email_level::domain), "");
  EXPECT_EQ(doubt_with(MatchField::organization, organization_level::contained), "");
}

TEST(PairScore, AddsUpWhatOtherFieldsSay) {
  Weighed pair;
  pair.comparison[MatchField::given] = given_level::exact;
  pair.comparison[MatchField::phone] = phone_level::exact;
  pair.comparison[MatchField::birth] = birth_level::generation;
  const OtherEvidence evidence = other_evidence(pair.weights, kPerson, pair.comparison);
  EXPECT_EQ(evidence.supporting, pair.weights.weight(kPerson, pair.comparison, MatchField::phone));
  EXPECT_EQ(evidence.against, pair.weights.weight(kPerson, pair.comparison, MatchField::birth));
  EXPECT_GT(evidence.supporting, 0);
  EXPECT_LT(evidence.against, 0);
}

// Parties with all that scoring them needs.
struct Scored {
  explicit Scored(Parties given) : parties(std::move(given)) {}
  Parties parties;
  const MatchModel& model = town_model();
  MatchWeights weights{model};
  WordFrequencies frequencies{parties.words, model.counts};
  SharedValues shared;
  MatchContext context{parties.words, model.counts, frequencies, shared};
};

TEST(PairScorer, LeavesOnlyPairsBelowTheLeastScore) {
  const Scored town(parties_of(Town(120, 9).records()));
  Comparer comparer(town.context);
  for (const double least : {-30.0, -3.0, 1.0, 9.0}) {
    PairScorer scorer(town.context, town.weights, least);
    std::size_t left = 0, found = 0;
    for (const Signature& a : town.parties.all) {
      for (const Signature& b : town.parties.all) {
        if (&a == &b || a.kind != b.kind) continue;
        const PairScore whole = score_pair(town.weights, a.kind, comparer.compare(a, b));
        const std::optional<PairScore> pair = scorer.score(a, b);
        ++(pair ? found : left);
        ASSERT_EQ(pair.has_value(), whole.score >= least) << a.identity.key << b.identity.key;
        if (!pair) continue;
        EXPECT_EQ(pair->score, whole.score);
        EXPECT_EQ(pair->is_corroborated, whole.is_corroborated);
      }
    }
    EXPECT_GT(left, 100U);
    EXPECT_GT(found, 50U);
  }
}

TEST(PairScorer, KeepsWhoShareATrustedIdentifierAndNothingElse) {
  Parties parties;
  parties.add(1, "a/s/1/p",
              "given=Anna; family=Nowak; phone=+48601234567; email=lily@wp.pl; "
              "unique=card:44051401; street=Mila 5; town=York; sex=female");
  parties.add(2, "b/s/2/p",
              "given=Anna; family=Wrobel; phone=+48787654321; email=qwerty77@o2.pl; "
              "unique=card:44051401; street=Polna 88; town=Radom; sex=male");
  const Scored pair(std::move(parties));
  PairScorer scorer(pair.context, pair.weights, 10);
  const std::optional<PairScore> found = scorer.score(pair.parties[0], pair.parties[1]);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->score, 15);
}

}  // namespace
}  // namespace cdh
