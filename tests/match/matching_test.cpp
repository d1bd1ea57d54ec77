#include "hub/match/matching.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/match/parties.hpp"
#include "tests/match/town.hpp"

namespace cdh {
namespace {

std::size_t clusters_of_sixty(const std::string& description, MatchPolicy policy = {}) {
  std::vector<TownRecord> records = Town(150, 3).records();
  Parties parties = parties_of(records);
  const std::size_t others = parties.all.size();
  for (int i = 0; i < 60; ++i) parties.add(description);
  const Matching matching = match(parties.all, parties.words, {}, policy, &town_model(), nullptr);
  std::size_t clusters = 0;
  for (std::size_t i = 0; i < matching.clustering.size(); ++i) {
    if (matching.clustering[i].back() >= others) ++clusters;
  }
  return clusters;
}

// More than MatchPolicy::block_limit.
TEST(Matching, ACustomerWhoComesSixtyTimesIsOne) {
  EXPECT_EQ(clusters_of_sixty("given=Xenia; family=Quist; email=xenia.quist@example.org"), 1U);
  EXPECT_EQ(clusters_of_sixty("given=Xenia; family=Quist; phone=+48605118236"), 1U);
  EXPECT_EQ(clusters_of_sixty("family=Quist; unique=card:7123456"), 1U);
  EXPECT_EQ(clusters_of_sixty("given=Xenia; family=Quist; street=Mila 5; town=York"), 1U);
  EXPECT_EQ(clusters_of_sixty("given=Xenia; family=Quist; born=1984-02-29"), 1U);
  EXPECT_EQ(clusters_of_sixty("org=Quist Trading; street=Mila 5; postal=10-950"), 1U);
}

TEST(Matching, MoreEqualRecordsThanAProfileMayHaveStayApart) {
  MatchPolicy policy;
  policy.block_limit = 1;  // and of equal ones 40
  const std::string ann = "given=Xenia; family=Quist; street=Mila 5; town=York";
  EXPECT_EQ(clusters_of_sixty(ann, policy), 60U);
  Parties parties = parties_of(Town(150, 3).records());
  for (int i = 0; i < 41; ++i) parties.add(ann);
  const Matching matching = match(parties.all, parties.words, {}, policy, &town_model(), nullptr);
  EXPECT_EQ(matching.crowded[static_cast<std::size_t>(BlockingPass::equal)], 1);
  policy.blocking.reset(static_cast<std::size_t>(BlockingPass::equal));
  const Matching without = match(parties.all, parties.words, {}, policy, &town_model(), nullptr);
  EXPECT_EQ(without.crowded[static_cast<std::size_t>(BlockingPass::equal)], 0);
}

TEST(Matching, AValueOfMoreThanMaxHoldersJoinsNobody) {
  MatchPolicy policy;
  policy.max_holders = 59;
  EXPECT_GT(clusters_of_sixty("email=xenia.quist@example.org", policy), 1U);
}

}  // namespace
}  // namespace cdh
