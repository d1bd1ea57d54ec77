#include "hub/match/evaluation.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

using Clusters = std::vector<std::int64_t>;

struct Expected {
  std::size_t true_clusters, found_clusters;
  double pair_precision, pair_recall, b_cubed_precision, b_cubed_recall;
};

void check(const Clusters& truth, const Clusters& found, const Expected& expected) {
  const Evaluation result = evaluate(truth, found);
  EXPECT_EQ(result.records, truth.size());
  EXPECT_EQ(result.true_clusters, expected.true_clusters);
  EXPECT_EQ(result.found_clusters, expected.found_clusters);
  EXPECT_NEAR(result.pairwise.precision, expected.pair_precision, 1e-9);
  EXPECT_NEAR(result.pairwise.recall, expected.pair_recall, 1e-9);
  EXPECT_NEAR(result.b_cubed.precision, expected.b_cubed_precision, 1e-9);
  EXPECT_NEAR(result.b_cubed.recall, expected.b_cubed_recall, 1e-9);
}

TEST(Evaluation, CountsPairsAndWeighsEachRecordAlike) {
  check({1, 1, 2, 2}, {5, 5, 9, 9}, {2, 2, 1, 1, 1, 1});
  check({1, 1, 1, 2, 2, 3}, {1, 1, 2, 2, 2, 3}, {3, 3, 0.5, 0.5, 7.0 / 9, 7.0 / 9});
  check({1, 1, 2}, {7, 7, 7}, {2, 1, 1.0 / 3, 1, 5.0 / 9, 1});
  check({1, 1, 1, 1}, {1, 1, 2, 3}, {1, 3, 1, 1.0 / 6, 1, 6.0 / 16});
}

TEST(Evaluation, WithoutPairsPrecisionAndRecallAreWhole) {
  check({1, 2, 3}, {1, 2, 3}, {3, 3, 1, 1, 1, 1});
  check({1, 1}, {1, 2}, {1, 2, 1, 0, 1, 0.5});
  check({1, 2}, {1, 1}, {2, 1, 0, 1, 0.5, 1});
  check({}, {}, {0, 0, 1, 1, 1, 1});
}

TEST(Evaluation, DoesNotDependOnTheOrderOfRecordsOrTheNumbersOfClusters) {
  check({3, 1, 2, 1, 2, 1}, {-3, 12, 6, 12, 6, 6}, {3, 3, 0.5, 0.5, 7.0 / 9, 7.0 / 9});
}

TEST(Evaluation, F1IsTheHarmonicMeanAndZeroWithoutAnyAgreement) {
  EXPECT_NEAR((Agreement{0.5, 1}.f1()), 2.0 / 3, 1e-9);
  EXPECT_EQ((Agreement{0, 0}.f1()), 0);
}

TEST(Evaluation, NamesTheClustersWithTheMostWrongPairs) {
  const Clusters truth = {1, 1, 2, 3, 4, 5, 5};
  const Clusters found = {8, 8, 8, 9, 9, 7, 7};
  const std::vector<MixedCluster> wrong = mixed_clusters(found, truth, 10);
  ASSERT_EQ(wrong.size(), 2U);
  EXPECT_EQ(wrong[0].cluster, 8);
  EXPECT_EQ(wrong[0].pairs, 2);
  EXPECT_EQ(wrong[0].parts, (std::vector<std::uint32_t>{0, 2}));  // the larger part first
  EXPECT_EQ(wrong[1].cluster, 9);
  EXPECT_EQ(wrong[1].pairs, 1);
  EXPECT_EQ(wrong[1].parts, (std::vector<std::uint32_t>{3, 4}));
  EXPECT_EQ(mixed_clusters(found, truth, 1).size(), 1U);
  EXPECT_TRUE(mixed_clusters(truth, found, 10).empty());  // nothing was missed
}

}  // namespace
}  // namespace cdh
