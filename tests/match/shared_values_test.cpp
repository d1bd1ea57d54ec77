#include "hub/match/shared_values.hpp"

#include <gtest/gtest.h>

#include "tests/match/parties.hpp"

namespace cdh {
namespace {

int customers(std::initializer_list<std::string> descriptions, const ValueCounts& counts = {}) {
  const Parties parties(descriptions);
  WordLikeness likeness(parties.words, counts);
  std::vector<const Signature*> holders;
  for (const Signature& signature : parties.all) holders.push_back(&signature);
  return count_customers(likeness, holders);
}

TEST(SharedValues, CountsPersonsByTheirGivenNames) {
  EXPECT_EQ(customers({}), 1);
  EXPECT_EQ(customers({"given=Anna", "given=Anna"}), 1);
  EXPECT_EQ(customers({"given=Anna; family=Nowak", "given=Jan; family=Nowak"}), 2);
  EXPECT_EQ(customers({"given=Anna", "given=Jan", "given=Piotr", "given=Anna"}), 3);
  EXPECT_EQ(customers({"given=Maria", "given=Marta"}), 2) << "two sisters";
}

TEST(SharedValues, CountsRelativesByTheirWholeNames) {
  EXPECT_EQ(customers({"native=Nagy Peter", "native=Nagy Katalin", "native=Nagy Peter"}), 2);
  EXPECT_EQ(customers({"native=Peter Nagy", "native=Katalin Nagy"}), 2);
  EXPECT_EQ(customers({"native=Nowak Ania", "native=Nowak Anna", "native=Anna Nowak"}), 1);
}

TEST(SharedValues, CountsOnePersonsSpellingsOnce) {
  EXPECT_EQ(customers({"given=Robert", "given=Bob", "given=Rob", "given=R"}), 1);
  EXPECT_EQ(customers({"given=Krzysztof", "given=Krzystof"}), 1);
  EXPECT_EQ(customers({"given=Anna; family=Nowak", "given=Nowak; family=Anna"}), 1);
}

// By what the model has counted, where no list knows the names.
TEST(SharedValues, CountsBrothersOfNamesThatAreFrequent) {
  Parties store;
  for (int i = 0; i < 5; ++i) store.add("given=Lodit");
  for (int i = 0; i < 5; ++i) store.add("given=Modit");
  const ValueCounts counts = count_values(store.all, store.words);
  EXPECT_EQ(customers({"given=Lodit", "given=Modit"}), 1);
  EXPECT_EQ(customers({"given=Lodit", "given=Modit"}, counts), 2);
  EXPECT_EQ(customers({"given=Lodit", "given=Lodti"}, counts), 1);
}

TEST(SharedValues, CountsNobodyForAMissingName) {
  EXPECT_EQ(customers({"family=Nowak", "given=Anna", "given=J"}), 1);
}

TEST(SharedValues, CountsOrganizationsByTheirPlaces) {
  EXPECT_EQ(customers({"org=Acme; street=Mila 5", "org=Acme; street=ul. Mila 5"}), 1);
  EXPECT_EQ(customers({"org=Acme; street=Mila 5", "org=Acme; street=Mila 6"}), 2);
  EXPECT_EQ(customers({"org=Acme; street=Mila 5", "org=Acme"}), 1);
}

TEST(SharedValues, CountsManyInSteps) {
  const std::pair<int, int> counts[] = {{1, 1},   {5, 5},   {8, 8},   {9, 8},   {12, 10}, {13, 13},
                                        {15, 13}, {19, 16}, {20, 20}, {24, 20}, {39, 32}, {40, 40}};
  for (const auto& [holders, expected] : counts) {
    Parties parties;
    for (int i = 0; i < holders; ++i) parties.add("org=Acme; street=Mila " + std::to_string(i + 1));
    const ValueCounts none;
    WordLikeness likeness(parties.words, none);
    std::vector<const Signature*> all;
    for (const Signature& signature : parties.all) all.push_back(&signature);
    EXPECT_EQ(count_customers(likeness, all), expected) << holders;
  }
}

TEST(SharedValues, CountsNoMoreThanMany) {
  Parties parties;
  for (int i = 0; i < 100; ++i) parties.add("org=Acme; street=Mila " + std::to_string(i + 1));
  const ValueCounts none;
  WordLikeness likeness(parties.words, none);
  std::vector<const Signature*> holders;
  for (const Signature& signature : parties.all) holders.push_back(&signature);
  EXPECT_EQ(count_customers(likeness, holders), kManyCustomers);
}

TEST(SharedValues, KnowsCrowdedValuesAndHighRisesByTheirSize) {
  MatchPolicy policy;
  policy.max_holders = 200;
  const auto by_size = [&](BlockingPass pass, std::size_t holders) {
    return customers_by_size(static_cast<BlockKey>(pass) << 58, holders, policy);
  };
  EXPECT_EQ(by_size(BlockingPass::street, kManyHolders), std::nullopt);
  EXPECT_EQ(by_size(BlockingPass::street, kManyHolders + 1), kManyCustomers);
  EXPECT_EQ(by_size(BlockingPass::street, 320), kManyCustomers);
  EXPECT_EQ(by_size(BlockingPass::street, 321), 4 * kManyCustomers);
  EXPECT_LT(by_size(BlockingPass::street, 1'000'000'000), SharedValues::kCrowded);
  EXPECT_EQ(by_size(BlockingPass::organization, 200), std::nullopt);
  EXPECT_EQ(by_size(BlockingPass::organization, 201), kManyCustomers);
  EXPECT_EQ(by_size(BlockingPass::organization, 1'000), 4 * kManyCustomers);
  EXPECT_EQ(by_size(BlockingPass::email, 200), std::nullopt);
  EXPECT_EQ(by_size(BlockingPass::email, 201), SharedValues::kCrowded);
}

TEST(SharedValues, AreOneCustomersUnlessSaidOtherwise) {
  SharedValues shared;
  EXPECT_EQ(shared.customers(7), 1);
  EXPECT_FALSE(shared.is_crowded(7));
  shared.set(7, 3);
  EXPECT_EQ(shared.customers(7), 3);
  EXPECT_FALSE(shared.is_crowded(7));
  shared.set(8, kManyCustomers);
  EXPECT_FALSE(shared.is_crowded(8));
  shared.set(7, SharedValues::kCrowded);
  EXPECT_TRUE(shared.is_crowded(7));
}

}  // namespace
}  // namespace cdh
