#include "hub/match/index_code.hpp"

#include <limits>

#include <gmock/gmock.h>

#include "hub/base/error.hpp"

namespace cdh {
namespace {

constexpr BlockKey kLargestKey = std::numeric_limits<BlockKey>::max() >> 1;

TEST(IndexCode, APageOfBlocksComesBackAsItWas) {
  const std::vector<KeyBlock> blocks = {{5, {1}, 1},
                                        {6, {1, 2, std::int64_t{1} << 60}, 255},
                                        {1'000'000'000'000, {7, 9}, 3},
                                        {kLargestKey, {16}, 1}};
  BlockPageWriter page;
  page.begin(5);
  for (const KeyBlock& block : blocks) page.add(block);
  EXPECT_EQ(page.first_key(), 5U);
  EXPECT_EQ(page.postings(), 7U);
  BlockPageReader reader(5, page.bytes());
  std::vector<KeyBlock> read;
  for (KeyBlock block; reader.next(block);) read.push_back(block);
  EXPECT_EQ(read, blocks);

  BlockPageReader from(5, page.bytes());
  KeyBlock block;
  ASSERT_TRUE(from.next_from(7, block));
  EXPECT_EQ(block, blocks[2]);
  EXPECT_FALSE(from.next_from(kLargestKey + 1, block));

  page.begin(17);
  EXPECT_EQ(page.postings(), 0U);
  EXPECT_EQ(page.bytes(), "");
}

TEST(IndexCode, ADamagedPageIsRefused) {
  BlockPageWriter page;
  page.begin(0);
  page.add({5, {1, 2}, 1});
  BlockPageReader reader(0, page.bytes().substr(0, page.bytes().size() - 1));
  KeyBlock block;
  EXPECT_THROW(reader.next(block), Error);
}

TEST(IndexCode, EdgesComeBackAsTheyWere) {
  const std::vector<PartyEdge> edges = {{3, -2.75F, false}, {17, 30.5F, true}, {18, 0, false}};
  ByteWriter out;
  encode(edges, out);
  EXPECT_EQ(decode_edges(out.bytes()), edges);
  EXPECT_THAT(decode_edges(""), testing::IsEmpty());
}

}  // namespace
}  // namespace cdh
