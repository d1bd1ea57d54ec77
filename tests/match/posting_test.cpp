#include "hub/match/posting.hpp"

#include <map>

#include <gmock/gmock.h>

#include "tests/match/levels.hpp"
#include "tests/match/town.hpp"

namespace cdh {
namespace {

struct KeyedTown {
  Parties parties = parties_of(Town(400, 3).records());
  UncountedContext context{parties.words};
  BlockKeys keys{parties.words, context.frequencies};
};

TEST(Posting, StandForEachKeyOfEachParty) {
  KeyedTown town;
  std::vector<Posting> expected;
  for (std::uint32_t i = 0; i < town.parties.all.size(); ++i) {
    for (const BlockKey key : town.keys.of(town.parties[i])) expected.push_back({key, i});
  }
  std::ranges::sort(expected);
  EXPECT_EQ(key_postings(town.parties.all, town.keys), expected);
}

TEST(Posting, OfSomePassesAreAPartOfAll) {
  const KeyedTown town;
  std::vector<Posting> together;
  for (std::size_t i = 0; i < kBlockingPasses; ++i) {
    const auto pass = static_cast<BlockingPass>(i);
    const std::vector<Posting> some = key_postings(town.parties.all, town.keys, {pass, pass});
    for (const Posting& posting : some) EXPECT_EQ(pass_of(posting.key), pass);
    together.insert(together.end(), some.begin(), some.end());
  }
  EXPECT_EQ(together, key_postings(town.parties.all, town.keys));
}

TEST(Posting, AreRefinedWhereABlockIsTooLarge) {
  KeyedTown town;
  const std::vector<Posting> postings = key_postings(town.parties.all, town.keys);
  constexpr int kLimit = 6;
  std::vector<Posting> expected;
  for_each_block(postings, [&](std::span<const Posting> holders) {
    if (!is_too_large(holders.front().key, holders.size(), kLimit)) return;
    for (const Posting& holder : holders) {
      for (const BlockKey key : town.keys.finer(town.parties[holder.member], holder.key)) {
        expected.push_back({key, holder.member});
      }
    }
  });
  std::ranges::sort(expected);
  EXPECT_GT(expected.size(), 100U);
  EXPECT_EQ(finer_postings(town.parties.all, postings, town.keys, kLimit), expected);
}

TEST(Posting, AreVisitedBlockByBlock) {
  const std::vector<Posting> postings = {{7, 0}, {7, 1}, {8, 1}};
  std::map<BlockKey, std::size_t> sizes;
  for_each_block(postings, [&](std::span<const Posting> holders) {
    sizes[holders.front().key] = holders.size();
  });
  EXPECT_EQ(sizes, (std::map<BlockKey, std::size_t>{{7, 2}, {8, 1}}));
}

}  // namespace
}  // namespace cdh
