#include "hub/match/blocking_recall.hpp"

#include <gmock/gmock.h>

#include "hub/match/candidate_pairs.hpp"
#include "tests/match/town.hpp"

namespace cdh {
namespace {

BlockingRecall recall_of(const Parties& parties, const std::vector<std::int64_t>& customers,
                         const MatchPolicy& policy = {}) {
  return blocking_recall(parties.all, parties.words, policy, town_model(), customers);
}

PassRecall pass(const BlockingRecall& blocking, BlockingPass pass) {
  return blocking.passes[static_cast<std::size_t>(pass)];
}

TEST(BlockingRecall, CountsThePassesThatTwoRecordsOfACustomerShare) {
  const Parties parties = {"given=Anna; family=Nowak; email=anko@x.zz",
                           "given=Zoe; family=Brown; email=anko@x.zz", "phone=+48605118236"};
  const BlockingRecall blocking = recall_of(parties, {1, 1, 1});
  EXPECT_EQ(blocking.true_pairs, 3);
  EXPECT_EQ(blocking.compared, 1);
  EXPECT_DOUBLE_EQ(blocking.recall(), 1.0 / 3);
  EXPECT_EQ(pass(blocking, BlockingPass::email).pairs, 1);
  EXPECT_EQ(pass(blocking, BlockingPass::phone).pairs, 0);
  EXPECT_EQ(pass(blocking, BlockingPass::names).pairs, 0);
}

TEST(BlockingRecall, SaysWhatAPassFindsAlone) {
  const Parties parties = {"given=Anna; family=Nowak; id=card:71234",
                           "given=Anna; family=Nowak; id=card:71234",
                           "given=Zoe; family=Brown; id=card:71234"};
  const BlockingRecall blocking = recall_of(parties, {1, 1, 1});
  EXPECT_EQ(pass(blocking, BlockingPass::identifier).pairs, 3);
  EXPECT_EQ(pass(blocking, BlockingPass::identifier).alone, 2)
      << "Anna's two share their names as well";
  EXPECT_GT(pass(blocking, BlockingPass::names).pairs, 0);
  EXPECT_EQ(pass(blocking, BlockingPass::names).alone, 0);
}

TEST(BlockingRecall, LooksAtNobodyWhoseCustomerIsNotKnown) {
  const Parties parties = {"email=anko@x.zz", "email=anko@x.zz", "email=anko@x.zz"};
  EXPECT_EQ(recall_of(parties, {4, -1, 4}).true_pairs, 1);
  EXPECT_EQ(recall_of(parties, {4, -1, 4}).compared, 1);
  EXPECT_EQ(recall_of(parties, {-1, -1, 4}).true_pairs, 0);
  EXPECT_EQ(recall_of(parties, {4, 5, 6}).compared, 0) << "they are no true pairs";
  EXPECT_DOUBLE_EQ(recall_of(parties, {4, 5, 6}).recall(), 1);
}

TEST(BlockingRecall, DoesNotCountBlocksThatAreTooLarge) {
  Parties parties;
  for (int i = 0; i < 5; ++i) {
    parties.add("phone=+48605118236; id=card:" + std::to_string(1000 + i));
  }
  MatchPolicy policy;
  policy.block_limit = 5;
  EXPECT_EQ(recall_of(parties, {1, 1, 2, 3, 4}, policy).compared, 1);
  policy.block_limit = 1;  // four of a phone's
  EXPECT_EQ(recall_of(parties, {1, 1, 2, 3, 4}, policy).compared, 0);
}

// By a second way: the pairs that match() goes through.
TEST(BlockingRecall, IsThatOfTheCandidatePairs) {
  const Town town(700, 9);
  const Parties parties = parties_of(town.records());
  std::vector<std::int64_t> customers;
  for (const TownRecord& record : town.records()) customers.push_back(record.customer);
  MatchPolicy policy;
  policy.block_limit = 2;
  const WordFrequencies frequencies(parties.words, town_model().counts);
  const BlockKeys keys(parties.words, frequencies);
  const auto postings = key_postings(parties.all, keys);
  Blocks blocks;
  blocks.add(postings, parties.all, policy);
  blocks.add(finer_postings(parties.all, postings, keys, policy.block_limit), parties.all, policy);
  const CandidatePairs pairs(parties.all.size(), std::move(blocks));
  std::int64_t compared = 0;
  std::vector<std::uint32_t> met;
  for (std::uint32_t a = 0; a < parties.all.size(); ++a) {
    pairs.find_later(a, met);
    for (const std::uint32_t b : met) compared += customers[a] == customers[b];
  }
  const BlockingRecall blocking = recall_of(parties, customers, policy);
  EXPECT_EQ(blocking.compared, compared);
  EXPECT_GT(blocking.recall(), 0.5);
  EXPECT_LT(blocking.recall(), 1);
}

}  // namespace
}  // namespace cdh
