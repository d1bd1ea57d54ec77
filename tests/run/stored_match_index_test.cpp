#include "hub/run/stored_match_index.hpp"

#include <map>
#include <numeric>
#include <random>

#include "tests/match/parties.hpp"
#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class StoredMatchIndexTest : public StoreTest {
 protected:
  StoredMatchIndexTest() : index_(database_) {}

  std::vector<KeyBlock> blocks(const std::vector<BlockKey>& keys) { return index_.blocks(keys); }
  void replace(const std::vector<KeyBlock>& blocks) { index_.replace(blocks); }

  StoredMatchIndex index_;
};
INSTANTIATE_TEST_SUITE_P(On, StoredMatchIndexTest, kEveryStore, store_kind_name);

TEST_P(StoredMatchIndexTest, AnEmptyIndexHasNothing) {
  EXPECT_THAT(blocks({1, 2}), IsEmpty());
  Vocabulary words;
  EXPECT_THAT(index_.parties(std::vector<std::int64_t>{1}, words), IsEmpty());
  replace({{3, {7}, 1}});
  EXPECT_THAT(blocks({1, 3}), ElementsAre(KeyBlock{3, {7}, 1}));
}

TEST_P(StoredMatchIndexTest, WhatIsWrittenAnewReplacesEverything) {
  for (const BlockKey first : {BlockKey{1}, BlockKey{5}}) {
    index_.clear();
    index_.add(KeyBlock{first, {10, 20}, 2});
    index_.add(KeyBlock{first + 1, {10}, 1});
    index_.finish();
  }
  EXPECT_THAT(blocks({1, 2, 5, 6}), ElementsAre(KeyBlock{5, {10, 20}, 2}, KeyBlock{6, {10}, 1}));
}

// Against a map, through many pages that grow, split and run empty.
TEST_P(StoredMatchIndexTest, BlocksAreReplacedAddedAndRemoved) {
  const int rounds = is_sqlite() ? 30 : 8;
  std::map<BlockKey, KeyBlock> expected;
  std::mt19937_64 random(5);
  index_.clear();
  for (BlockKey key = 1'000; key < 4'000; ++key) {
    const KeyBlock block{key * 10, {static_cast<std::int64_t>(key)}, 1};
    index_.add(block);
    expected.emplace(block.key, block);
  }
  index_.finish();
  for (int round = 0; round < rounds; ++round) {
    std::map<BlockKey, KeyBlock> changed;
    const BlockKey begin = random() % 40'000;  // close together, so that pages split
    for (int i = 0; i < 300; ++i) {
      KeyBlock block{begin + random() % 2'000, {}, 1};
      for (std::uint64_t holders = random() % 5; holders > 0; --holders) {
        block.holders.push_back(static_cast<std::int64_t>(100 * holders + random() % 100));
      }
      std::ranges::sort(block.holders);
      if (block.holders.size() > 1) block.customers = 2;
      changed.insert_or_assign(block.key, block);
    }
    std::vector<KeyBlock> blocks;
    for (const auto& [key, block] : changed) {
      blocks.push_back(block);
      expected.insert_or_assign(key, block);
      if (block.holders.empty()) expected.erase(key);
    }
    replace(blocks);
  }
  std::vector<BlockKey> all;
  for (BlockKey key = 0; key < 45'000; ++key) all.push_back(key);
  std::vector<KeyBlock> wanted;
  for (const auto& [key, block] : expected) wanted.push_back(block);
  EXPECT_EQ(blocks(all), wanted);
  EXPECT_GT(database_.number("SELECT COUNT(*) FROM match_block WHERE level = 0"), 5);
}

TEST_P(StoredMatchIndexTest, AFewChangesLeaveTheBaseAloneAndManyBecomeIt) {
  index_.clear();
  for (BlockKey key = 1; key <= 20'000; ++key) index_.add(KeyBlock{key, {5}, 1});
  index_.finish();
  const auto pages = [&](int level) {
    return database_.number("SELECT COUNT(*) FROM match_block WHERE level = " +
                            std::to_string(level));
  };
  const auto first_page = [&] {
    const auto rows =
        database_.query("SELECT content FROM match_block WHERE level = 0 AND first_key = 0");
    EXPECT_TRUE(rows->next());
    return std::string(rows->bytes(0));
  };
  const std::int64_t base = pages(0);
  EXPECT_GT(base, 20);
  EXPECT_EQ(pages(1), 0);
  const std::string before = first_page();
  replace({{7, {}, 1}, {8, {5, 6}, 2}, {19'000, {1}, 1}, {20'001, {2}, 1}});
  EXPECT_EQ(first_page(), before);
  EXPECT_EQ(pages(0), base);
  EXPECT_EQ(pages(1), 1);
  const std::vector<BlockKey> some = {6, 7, 8, 19'000, 20'001};
  const auto expected = ElementsAre(KeyBlock{6, {5}, 1}, KeyBlock{8, {5, 6}, 2},
                                    KeyBlock{19'000, {1}, 1}, KeyBlock{20'001, {2}, 1});
  EXPECT_THAT(blocks(some), expected);
  std::vector<KeyBlock> many;
  for (BlockKey key = 1'000; key < 9'000; ++key) many.push_back({key, {5, 6}, 1});
  replace(many);
  EXPECT_EQ(pages(1), 0);
  EXPECT_NE(first_page(), before);
  EXPECT_THAT(blocks(some), expected);
  EXPECT_THAT(blocks({999, 1'000, 8'999, 9'000}),
              ElementsAre(KeyBlock{999, {5}, 1}, KeyBlock{1'000, {5, 6}, 1},
                          KeyBlock{8'999, {5, 6}, 1}, KeyBlock{9'000, {5}, 1}));
}

TEST_P(StoredMatchIndexTest, PartiesAreReplacedAndRemoved) {
  const Parties parties({"given=Anna; family=Nowak", "given=Jan; family=Lis"});
  std::vector<IndexedParty> both = {{parties[0], {{2, 1.5F, true}}}, {parties[1], {}}};
  both[0].signature.identity.id = 1;
  both[1].signature.identity.id = 2;
  index_.replace(both, parties.words);
  const auto keys_of = [&](const std::vector<std::int64_t>& ids) {
    Vocabulary words;
    std::vector<std::string> keys;
    for (const IndexedParty& party : index_.parties(ids, words)) {
      keys.push_back(std::to_string(party.signature.identity.id) + " " +
                     party.signature.identity.key + " " + std::to_string(party.edges.size()));
    }
    return keys;
  };
  const std::string anna = parties[0].identity.key, jan = parties[1].identity.key;
  EXPECT_THAT(keys_of({1, 2, 3}), ElementsAre("1 " + anna + " 1", "2 " + jan + " 0"));
  both[0].edges.clear();
  index_.replace(std::span(both).first(1), parties.words);
  EXPECT_THAT(keys_of({1}), ElementsAre("1 " + anna + " 0"));
  index_.remove(std::vector<std::int64_t>{1});
  EXPECT_THAT(keys_of({1, 2}), ElementsAre("2 " + jan + " 0"));
}

TEST_P(StoredMatchIndexTest, AFewChangedPartiesLeaveTheBaseAloneAndManyBecomeIt) {
  constexpr int kParties = 400;
  const Parties parties({"given=Anna; family=Nowak"});
  std::vector<IndexedParty> all(kParties, {parties[0], {}});
  index_.clear();
  for (BlockKey key = 1; key <= 10'000; ++key) index_.add(KeyBlock{key, {1}, 1});
  for (int i = 0; i < kParties; ++i) {
    all[static_cast<std::size_t>(i)].signature.identity.id = i + 1;
    index_.add(all[static_cast<std::size_t>(i)].signature, {}, parties.words);
    all[static_cast<std::size_t>(i)].edges = {{kParties + i, 1.5F, false}};
  }
  index_.finish();
  const auto rows = [&](const std::string& what) {
    return database_.number("SELECT COUNT(*) FROM " + what);
  };
  const std::string with_edges = " WHERE LENGTH(edges) > 0";
  std::vector<std::int64_t> ids(kParties);
  std::iota(ids.begin(), ids.end(), 1);
  const auto parties_with_edges = [&] {
    Vocabulary words;
    return std::ranges::count_if(index_.parties(ids, words),
                                 [](const IndexedParty& party) { return !party.edges.empty(); });
  };
  index_.replace(std::span(all).first(10), parties.words);
  EXPECT_EQ(rows("match_party" + with_edges), 0);
  EXPECT_EQ(rows("match_party_recent"), 10);
  EXPECT_EQ(parties_with_edges(), 10);
  index_.remove(std::vector<std::int64_t>{1, 20});
  EXPECT_EQ(rows("match_party"), kParties - 2);
  EXPECT_EQ(rows("match_party_recent"), 9);
  index_.replace(std::span(all).subspan(5, 300), parties.words);
  EXPECT_EQ(rows("match_party_recent"), 0);
  EXPECT_EQ(rows("match_party" + with_edges), 304);
  EXPECT_EQ(parties_with_edges(), 304);
}

}  // namespace
}  // namespace cdh
