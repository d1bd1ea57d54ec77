#include "hub/match/edge.hpp"

#include <gtest/gtest.h>

#include "tests/match/town.hpp"

namespace cdh {
namespace {

TEST(Edge, AreTheCandidatePairsWithTheLeastScore) {
  const Parties town = parties_of(Town(200, 5).records());
  const MatchModel& model = town_model();
  const MatchWeights weights(model);
  const WordFrequencies frequencies(town.words, model.counts);
  const SharedValues shared;
  const MatchContext context{town.words, model.counts, frequencies, shared};
  BlockKeys keys(town.words, frequencies);
  Blocks blocks;
  MatchPolicy policy;
  policy.block_limit = 1'000'000;
  blocks.add(key_postings(town.all, keys), town.all, policy);
  const CandidatePairs pairs(town.all.size(), std::move(blocks));
  const std::vector<Edge> edges = find_edges(town.all, pairs, context, weights, 1);

  Comparer comparer(context);
  std::vector<std::uint32_t> others;
  std::size_t expected = 0;
  for (std::uint32_t a = 0; a < town.all.size(); ++a) {
    pairs.find_later(a, others);
    for (const std::uint32_t b : others) {
      const PairScore pair = score_pair(weights, town[a].kind, comparer.compare(town[a], town[b]));
      if (pair.score < 1) continue;
      ASSERT_LT(expected, edges.size());
      const Edge& edge = edges[expected++];
      EXPECT_EQ(edge.a, a);
      EXPECT_EQ(edge.b, b);
      EXPECT_EQ(edge.score, static_cast<float>(pair.score));
      EXPECT_EQ(edge.is_corroborated, pair.is_corroborated);
    }
  }
  EXPECT_EQ(edges.size(), expected);
  EXPECT_GT(expected, 50U);
}

}  // namespace
}  // namespace cdh
