#include "hub/match/matching.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

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

// How many of the parties from `first` on each customer among them has.
std::vector<std::size_t> cluster_sizes_from(std::size_t first, const Parties& parties) {
  const Matching matching = match(parties.all, parties.words, {}, {}, nullptr, nullptr);
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < matching.clustering.size(); ++i) {
    if (matching.clustering[i].back() >= first) sizes.push_back(matching.clustering[i].size());
  }
  return sizes;
}

// Names that no list has, of people who have nothing else in common.
Parties town_with_names(std::initializer_list<const char*> names) {
  Parties parties = parties_of(Town(300, 3).records());
  int number = 1'000'000;
  for (const char* name : names) {
    for (int i = 0; i < 8; ++i) {
      const std::string digits = std::to_string(++number);
      parties.add(std::string("given=") + name + "; family=" + name + "ov" +
                  std::string(1, static_cast<char>('a' + i)) + "rz; phone=+4879" + digits +
                  "; street=Cisza " + digits.substr(4) + "; town=Leeds");
    }
  }
  return parties;
}

TEST(Matching, BrothersAndSistersOfNamesThatAreAlikeStayTwo) {
  Parties parties = town_with_names({"Lodit", "Modit", "Avina", "Avira", "Hadan", "Hagan", "Sunita",
                                     "Sumita", "Javier", "Xavier"});
  const std::size_t first = parties.all.size();
  const std::pair<const char*, const char*> siblings[] = {{"Lodit", "Modit"},
                                                          {"Avina", "Avira"},
                                                          {"Hadan", "Hagan"},
                                                          {"Sunita", "Sumita"},
                                                          {"Javier", "Xavier"}};
  for (const auto& [one, other] : siblings) {
    const std::string home = std::string("; family=") + one + "berg; street=Mila " +
                             std::to_string(parties.all.size()) + "; town=York; phone=+4860511" +
                             std::to_string(1000 + parties.all.size());
    const std::string mailbox = "@" + std::string(one) + "berg.zz";
    parties.add("given=" + std::string(one) + "; email=" + one + mailbox + home);
    parties.add("given=" + std::string(other) + "; email=" + other + mailbox + home);
  }
  EXPECT_EQ(cluster_sizes_from(first, parties), std::vector<std::size_t>(10, 1));
}

TEST(Matching, ASlipOfANameThatNoListHasIsTheSameCustomer) {
  Parties parties = town_with_names({"Lodit", "Modit"});
  const std::size_t first = parties.all.size();
  const std::string home = "; family=Quist; street=Mila 5; town=York; phone=+48605118236";
  parties.add("given=Lodit" + home);
  parties.add("given=Lodti" + home);
  EXPECT_EQ(cluster_sizes_from(first, parties), std::vector<std::size_t>{2});
}

}  // namespace
}  // namespace cdh
