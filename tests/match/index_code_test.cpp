#include "hub/match/index_code.hpp"

#include <algorithm>
#include <limits>
#include <random>
#include <string>

#include <gmock/gmock.h>

#include "hub/base/error.hpp"

namespace cdh {
namespace {

constexpr BlockKey kLargestKey = std::numeric_limits<BlockKey>::max() >> 1;

std::vector<KeyBlock> blocks_of(std::string_view bytes) {
  std::vector<KeyBlock> blocks;
  BlockPageReader page(bytes);
  for (KeyBlock block; page.next(block);) blocks.push_back(block);
  return blocks;
}

std::string page_of(BlockKey first_key, const std::vector<KeyBlock>& blocks) {
  BlockPageWriter page;
  page.begin(first_key);
  for (const KeyBlock& block : blocks) page.add(block);
  return page.bytes();
}

// Keys 10, 13, 16, ...
std::vector<KeyBlock> many_blocks(std::size_t count) {
  std::vector<KeyBlock> blocks;
  for (std::size_t i = 0; i < count; ++i) {
    blocks.push_back({10 + 3 * i, {static_cast<std::int64_t>(i + 1)}, 1});
  }
  return blocks;
}

TEST(IndexCode, APageOfBlocksComesBackAsItWas) {
  const std::vector<KeyBlock> blocks = {{5, {1}, 1},
                                        {6, {1, 2, std::int64_t{1} << 60}, 255},
                                        {7, {}, 1},
                                        {1'000'000'000'000, {7, 9}, 3},
                                        {kLargestKey, {16}, 1}};
  EXPECT_EQ(blocks_of(page_of(5, blocks)), blocks);
  EXPECT_EQ(blocks_of(page_of(0, blocks)), blocks);
  EXPECT_THAT(blocks_of(page_of(17, {})), testing::IsEmpty());
  BlockPageWriter page;
  page.begin(5);
  EXPECT_TRUE(page.empty());
  for (const KeyBlock& block : blocks) page.add(block);
  EXPECT_FALSE(page.empty());
  EXPECT_EQ(page.first_key(), 5U);
  EXPECT_EQ(page.size(), 8U) << "the one without holders counts as one";
  page.begin(17);
  EXPECT_TRUE(page.empty());
}

// From every key to every other, past and within what the directory says.
TEST(IndexCode, ABlockIsFoundByItsKey) {
  const std::vector<KeyBlock> blocks = many_blocks(50);
  const std::string page = page_of(1, blocks);
  const auto first_from = [&](BlockKey least) {
    return std::ranges::lower_bound(blocks, least, {}, &KeyBlock::key);
  };
  const BlockKey end = blocks.back().key + 2;
  for (BlockKey first = 0; first <= end; ++first) {
    for (BlockKey second = first + 1; second <= end; ++second) {
      BlockPageReader reader(page);
      KeyBlock block;
      auto expected = first_from(first);
      ASSERT_EQ(reader.next_from(first, block), expected != blocks.end());
      if (expected == blocks.end()) break;
      ASSERT_EQ(block, *expected);
      expected = std::max(expected + 1, first_from(second));
      ASSERT_EQ(reader.next_from(second, block), expected != blocks.end())
          << first << " " << second;
      if (expected == blocks.end()) continue;
      ASSERT_EQ(block, *expected);
    }
  }
}

TEST(IndexCode, ADamagedPageIsRefused) {
  const std::string page = page_of(0, many_blocks(20));
  for (std::size_t size = 0; size < page.size(); ++size) {
    EXPECT_THROW(blocks_of(page.substr(0, size)), Error) << size;
  }
  EXPECT_THROW(blocks_of(page_of(0, {{5, {7, 7}, 1}})), Error) << "holders ascend";
  EXPECT_THROW(blocks_of(page_of(0, {{5, {-7}, 1}})), Error) << "and are positive";
  EXPECT_THROW(blocks_of(page_of(0, {{5, {1}, 1}, {5, {2}, 1}})), Error) << "so do keys";
}

// Any byte may be any other: what comes of it is an error or some blocks, and nothing else.
TEST(IndexCode, AnyBytesAreReadOrRefused) {
  std::mt19937 random(11);
  const std::string page = page_of(0, many_blocks(40));
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = page;
    for (int changes = 1 + static_cast<int>(random() % 4); changes > 0; --changes) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    try {
      for (const KeyBlock& block : blocks_of(bytes)) {
        ASSERT_TRUE(std::ranges::is_sorted(block.holders));
      }
      BlockPageReader reader(bytes);
      KeyBlock block;
      reader.next_from(random() % 200, block);
    } catch (const Error& error) {
      ASSERT_EQ(error.kind(), ErrorKind::store);
    }
  }
}

TEST(IndexCode, EdgesComeBackAsTheyWere) {
  const std::vector<PartyEdge> edges = {{3, -2.75F, false}, {17, 30.5F, true}, {18, 0, false}};
  ByteWriter out;
  encode(edges, out);
  EXPECT_EQ(decode_edges(out.bytes()), edges);
  EXPECT_THAT(decode_edges(""), testing::IsEmpty());
}

TEST(IndexCode, DamagedEdgesAreRefused) {
  constexpr float kNoNumber = std::numeric_limits<float>::quiet_NaN();
  const std::vector<std::vector<PartyEdge>> damaged = {{{3, kNoNumber, false}},
                                                       {{3, 1, false}, {3, 2, false}}};
  for (const std::vector<PartyEdge>& edges : damaged) {
    ByteWriter out;
    encode(edges, out);
    EXPECT_THROW(decode_edges(out.bytes()), Error);
  }
}

}  // namespace
}  // namespace cdh
