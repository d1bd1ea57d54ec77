#include "hub/match/edge.hpp"

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

TEST(Edge, IsCorroboratedByMoreThanNames) {
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

TEST(Edge, ScoresAsTheWeightsDo) {
  Weighed pair;
  pair.comparison[MatchField::given] = given_level::exact;
  pair.comparison[MatchField::phone] = phone_level::exact;
  EXPECT_EQ(score_pair(pair.weights, kPerson, pair.comparison).score,
            pair.weights.score(kPerson, pair.comparison));
}

TEST(Edge, OfATrustedIdentifierLinksUnlessEverythingElseIsAnothers) {
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

TEST(Edge, AddsUpWhatOtherFieldsSay) {
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

TEST(Edge, AreTheCandidatePairsWithTheLeastScore) {
  const Parties town = parties_of(Town(200, 5).records());
  const MatchModel& model = town_model();
  const MatchWeights weights(model);
  const WordFrequencies frequencies(town.words, model.counts);
  const SharedValues shared;
  const MatchContext context{town.words, model.counts, frequencies, shared};
  BlockKeys keys(town.words, frequencies);
  const CandidatePairs pairs(town.all.size(), key_postings(town.all, keys), {}, {}, {});
  const std::vector<Edge> edges = find_edges(town.all, pairs, context, weights, 1);

  Comparer comparer(context);
  CandidatePairs::Met met(town.all.size());
  std::size_t expected = 0;
  for (std::uint32_t a = 0; a < town.all.size(); ++a) {
    pairs.for_each_later(a, met, [&](std::uint32_t b) {
      const PairScore pair = score_pair(weights, town[a].kind, comparer.compare(town[a], town[b]));
      if (pair.score < 1) return;
      ASSERT_LT(expected, edges.size());
      const Edge& edge = edges[expected++];
      EXPECT_EQ(edge.a, a);
      EXPECT_EQ(edge.b, b);
      EXPECT_EQ(edge.score, static_cast<float>(pair.score));
      EXPECT_EQ(edge.is_corroborated, pair.is_corroborated);
    });
  }
  EXPECT_EQ(edges.size(), expected);
  EXPECT_GT(expected, 50U);
}

}  // namespace
}  // namespace cdh
