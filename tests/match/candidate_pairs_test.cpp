#include "hub/match/candidate_pairs.hpp"

#include <set>

#include <gmock/gmock.h>

#include "tests/match/levels.hpp"
#include "tests/match/town.hpp"

namespace cdh {
namespace {

using ::testing::ElementsAre;
using Pairs = std::multiset<std::pair<std::uint32_t, std::uint32_t>>;

constexpr int kNoLimit = 1'000'000;

CandidatePairs candidates(std::size_t parties, const std::vector<Posting>& postings,
                          const std::vector<Posting>& finer = {}, int block_limit = kNoLimit,
                          std::span<const Signature> signatures = {}) {
  Blocks blocks;
  MatchPolicy policy;
  policy.block_limit = block_limit;
  blocks.add(postings, signatures, policy);
  blocks.add(finer, signatures, policy);
  return {parties, std::move(blocks)};
}

Pairs pairs_of(const CandidatePairs& candidates) {
  Pairs pairs;
  std::vector<std::uint32_t> found;
  for (std::uint32_t a = 0; a < candidates.parties(); ++a) {
    candidates.find_later(a, found);
    EXPECT_TRUE(std::ranges::is_sorted(found));
    for (const std::uint32_t b : found) pairs.emplace(a, b);
  }
  return pairs;
}

TEST(CandidatePairs, AreThePairsOfEachBlockOnce) {
  const std::vector<Posting> postings = {{7, 0}, {7, 2}, {7, 3}, {8, 1}, {9, 0}, {9, 3}};
  const CandidatePairs pairs = candidates(4, postings);
  EXPECT_EQ(pairs.parties(), 4U);
  EXPECT_THAT(pairs_of(pairs),
              ElementsAre(std::pair(0U, 2U), std::pair(0U, 3U), std::pair(2U, 3U)));
}

TEST(CandidatePairs, LeaveOutBlocksThatAreTooLarge) {
  const BlockKey x = BlockKey{17} << 58, y = x + 1, x1 = x + 10, x2 = x + 11;  // domains
  const std::vector<Posting> postings = {{x, 0}, {x, 1}, {x, 2}, {y, 1}, {y, 2}};
  const std::vector<Posting> finer = {{x1, 0}, {x1, 2}, {x2, 0}, {x2, 1}, {x2, 2}};
  EXPECT_EQ(pairs_of(candidates(3, postings, {}, 3)).size(), 3U);
  EXPECT_THAT(pairs_of(candidates(3, postings, {}, 2)), ElementsAre(std::pair(1U, 2U)));
  EXPECT_THAT(pairs_of(candidates(3, postings, finer, 2)),
              ElementsAre(std::pair(0U, 2U), std::pair(1U, 2U)));
}

TEST(CandidatePairs, LeaveOutPassesThatAreNotChosen) {
  const BlockKey of_identifier = 7, of_email = BlockKey{1} << 58 | 7;
  MatchPolicy policy;
  policy.blocking.reset(static_cast<std::size_t>(BlockingPass::email));
  Blocks blocks;
  blocks.add(
      std::vector<Posting>{{of_identifier, 0}, {of_identifier, 1}, {of_email, 1}, {of_email, 2}},
      {}, policy);
  EXPECT_THAT(pairs_of(CandidatePairs(3, std::move(blocks))), ElementsAre(std::pair(0U, 1U)));
}

TEST(CandidatePairs, OfEqualPartiesAreEachWithTheNextByItsKeyText) {
  Parties parties;
  parties.add(1, "b/s/2/p", "given=Ann");
  parties.add(2, "c/s/1/p", "given=Ann");
  parties.add(3, "a/s/1/p", "given=Ann");
  parties.add(4, "b/s/1/p", "given=Ann");
  std::vector<Posting> postings;
  for (std::uint32_t i = 0; i < 4; ++i) {
    postings.push_back({static_cast<BlockKey>(BlockingPass::equal) << 58, i});
  }
  const auto pairs_by = [&](const MatchPolicy& policy) {
    Blocks blocks;
    blocks.add(postings, parties.all, policy);
    return pairs_of(CandidatePairs(4, std::move(blocks)));
  };
  MatchPolicy policy;
  EXPECT_THAT(pairs_by(policy),
              ElementsAre(std::pair(0U, 1U), std::pair(0U, 3U), std::pair(2U, 3U)));
  policy.one_per_source = {"b"};
  EXPECT_THAT(pairs_by(policy),
              ElementsAre(std::pair(0U, 2U), std::pair(1U, 2U), std::pair(2U, 3U)));
  policy.one_per_source = {"a", "b", "c"};
  EXPECT_THAT(pairs_by(policy),
              ElementsAre(std::pair(0U, 2U), std::pair(1U, 2U), std::pair(2U, 3U)));
  policy.block_limit = 0;
  policy.one_per_source = {};
  EXPECT_TRUE(pairs_by(policy).empty());
}

TEST(CandidatePairs, GiveAllOthersOfAParty) {
  const std::vector<Posting> postings = {{7, 0}, {7, 1}, {8, 1}, {8, 2}, {9, 0}, {9, 1}};
  std::vector<std::uint32_t> others = {17};
  candidates(3, postings).find_others(1, others);
  EXPECT_THAT(others, ElementsAre(0U, 2U));
}

TEST(CandidatePairs, OfNoPartiesAreNone) {
  EXPECT_EQ(candidates(0, {}).parties(), 0U);
  EXPECT_TRUE(pairs_of(candidates(2, {})).empty());
}

TEST(CandidatePairs, OfATownAreThoseWithAKeyInCommon) {
  const Parties town = parties_of(Town(150, 9).records());
  const UncountedContext context(town.words);
  BlockKeys keys(town.words, context.frequencies);
  std::vector<std::set<BlockKey>> keys_of;
  for (const Signature& signature : town.all) {
    const auto all = keys.of(signature);
    keys_of.emplace_back(all.begin(), all.end());
  }
  Pairs expected;
  for (std::uint32_t a = 0; a < town.all.size(); ++a) {
    for (std::uint32_t b = a + 1; b < town.all.size(); ++b) {
      const bool meet =
          std::ranges::any_of(keys_of[a], [&](BlockKey key) { return keys_of[b].contains(key); });
      if (meet) expected.emplace(a, b);
    }
  }
  EXPECT_EQ(
      pairs_of(candidates(town.all.size(), key_postings(town.all, keys), {}, kNoLimit, town.all)),
      expected);
  EXPECT_GT(expected.size(), town.all.size());
}

// Three hundred people of one name: not 45,000 pairs, but those with a birth year or a town as well.
TEST(CandidatePairs, OfACrowdedBlockAreRefined) {
  Parties parties;
  for (int i = 0; i < 300; ++i) {
    parties.add("given=Anna; family=Nowak; born=" + std::to_string(1900 + i / 3) + "-0" +
                std::to_string(1 + i % 9) + "-" + std::to_string(10 + i % 17));
  }
  const UncountedContext context(parties.words);
  BlockKeys keys(parties.words, context.frequencies);
  const std::vector<Posting> postings = key_postings(parties.all, keys);
  const std::vector<Posting> finer = finer_postings(parties.all, postings, keys, 50);
  EXPECT_FALSE(finer.empty());
  const Pairs pairs = pairs_of(candidates(parties.all.size(), postings, finer, 50, parties.all));
  EXPECT_LT(pairs.size(), 3'000U);
  for (std::uint32_t a = 0; a < parties.all.size(); a += 3) {
    EXPECT_TRUE(pairs.contains({a, a + 1})) << "born in one year: " << a;
  }
}

}  // namespace
}  // namespace cdh
