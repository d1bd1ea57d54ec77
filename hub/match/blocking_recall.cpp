#include "hub/match/blocking_recall.hpp"

#include <bit>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hub/match/posting.hpp"

namespace cdh {

namespace {

static_assert(kBlockingPasses <= 32);

// Of each true pair that has a block in common: the passes, a bit each.
using PassesOfPairs = std::unordered_map<std::uint64_t, std::uint32_t>;

void add_blocks(std::span<const Posting> postings, const MatchPolicy& policy,
                std::span<const std::int64_t> customers, PassesOfPairs& passes) {
  for_each_block(postings, [&](std::span<const Posting> holders) {
    const BlockKey key = holders.front().key;
    if (!is_compared(key, holders.size(), policy)) return;
    const std::uint32_t bit = 1U << static_cast<unsigned>(pass_of(key));
    for (std::size_t i = 0; i < holders.size(); ++i) {
      const std::uint32_t a = holders[i].member;
      if (customers[a] < 0) continue;
      for (const Posting& holder : holders.subspan(i + 1)) {
        if (customers[holder.member] != customers[a]) continue;
        passes[std::uint64_t{a} << 32 | holder.member] |= bit;
      }
    }
  });
}

std::int64_t count_true_pairs(std::span<const std::int64_t> customers) {
  std::unordered_map<std::int64_t, std::int64_t> seen;
  std::int64_t pairs = 0;
  for (const std::int64_t customer : customers) {
    if (customer >= 0) pairs += seen[customer]++;
  }
  return pairs;
}

}  // namespace

BlockingRecall blocking_recall(std::span<const Signature> signatures, const Vocabulary& vocabulary,
                               const MatchPolicy& policy, const MatchModel& model,
                               std::span<const std::int64_t> customers) {
  const WordFrequencies frequencies(vocabulary, model.counts);
  const BlockKeys keys(vocabulary, frequencies);
  const std::vector<Posting> postings = key_postings(signatures, keys);
  const std::vector<Posting> finer = finer_postings(signatures, postings, keys, policy.block_limit);
  PassesOfPairs passes;
  add_blocks(postings, policy, customers, passes);
  add_blocks(finer, policy, customers, passes);

  BlockingRecall result;
  result.true_pairs = count_true_pairs(customers);
  result.compared = std::ssize(passes);
  for (const auto& [pair, bits] : passes) {
    for (std::size_t pass = 0; pass < kBlockingPasses; ++pass) {
      if ((bits >> pass & 1U) == 0) continue;
      ++result.passes[pass].pairs;
      if (std::has_single_bit(bits)) ++result.passes[pass].alone;
    }
  }
  return result;
}

}  // namespace cdh
