#include "hub/match/matching.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <memory>
#include <utility>

#include "hub/match/index_writing.hpp"
#include "hub/match/training.hpp"
#include "hub/match/work_sharing.hpp"

namespace cdh {

namespace {

// The passes whose keys are in memory at one time: of a million parties, up to eight million keys.
constexpr std::array<PassRange, 6> kRounds = {{
    {BlockingPass::identifier, BlockingPass::phone_ending},
    {BlockingPass::names, BlockingPass::birth},
    {BlockingPass::name_and_year, BlockingPass::name_and_day},
    {BlockingPass::name_and_place, BlockingPass::family_name},
    {BlockingPass::street, BlockingPass::street_word},
    {BlockingPass::organization, BlockingPass::equal},
}};

// A pass that is forgotten here would be matched by nights and not by full runs; and the index is
// written in the order of its keys, which begin with the pass.
constexpr bool rounds_have_all_passes() {
  std::size_t next = 0;
  for (const PassRange& round : kRounds) {
    if (static_cast<std::size_t>(round.first) != next) return false;
    next = static_cast<std::size_t>(round.last) + 1;
  }
  return next == kBlockingPasses;
}
static_assert(rounds_have_all_passes());

// Counts the customers of the values that two parties or more have, from all their `postings`. Those
// that identify nobody are added to `crowded` as well.
void count_shared(std::span<const Signature> signatures, const Vocabulary& vocabulary,
                  const ValueCounts& counts, std::span<const Posting> postings,
                  const MatchPolicy& policy, SharedValues& shared, CrowdedCounts& crowded) {
  std::vector<std::span<const Posting>> values;
  for_each_block(postings, [&](std::span<const Posting> holders) {
    const BlockKey key = holders.front().key;
    if (pass_of(key) == BlockingPass::equal && holds_equals_together(policy) &&
        is_too_large(key, holders.size(), policy.block_limit)) {
      ++crowded[static_cast<std::size_t>(BlockingPass::equal)];
    }
    if (holders.size() < 2 || !is_value_pass(pass_of(key))) return;
    const std::optional<int> customers = customers_by_size(key, holders.size(), policy);
    if (!customers) return values.push_back(holders);
    shared.set(key, *customers);
    if (shared.is_crowded(key)) ++crowded[static_cast<std::size_t>(pass_of(key))];
  });
  struct Counter {
    WordLikeness likeness;
    std::vector<const Signature*> parties;
  };
  const std::vector<int> customers = gather<int>(
      values.size(),
      [&] {
        return Counter{WordLikeness(vocabulary, counts), {}};
      },
      [&](Counter& counter, std::size_t i, std::vector<int>& found) {
        std::vector<const Signature*>& parties = counter.parties;
        parties.clear();
        for (const Posting& holder : values[i]) parties.push_back(&signatures[holder.member]);
        found.push_back(count_customers(counter.likeness, parties));
      });
  for (std::size_t i = 0; i < values.size(); ++i) shared.set(values[i].front().key, customers[i]);
}

// The keys of some passes.
struct Round {
  std::vector<Posting> postings, finer;
};

}  // namespace

Matching match(std::span<const Signature> signatures, const Vocabulary& vocabulary,
               std::span<const Decision> decisions, const MatchPolicy& policy,
               const MatchModel* model, MatchIndex* index) {
  const ValueCounts counts = model ? model->counts : count_values(signatures, vocabulary);
  const WordFrequencies frequencies(vocabulary, counts);
  Matching result;
  SharedValues shared;
  Blocks blocks;
  std::vector<std::int64_t> ids;
  for (const Signature& signature : signatures) ids.push_back(signature.identity.id);
  if (index != nullptr) index->clear();
  std::future<void> writing;  // of the index, beside what does not need it
  const auto end_writing = [&] {
    if (writing.valid()) writing.get();
  };
  for (const PassRange passes : kRounds) {
    const BlockKeys keys(vocabulary, frequencies);
    auto round = std::make_shared<Round>();
    round->postings = key_postings(signatures, keys, passes);
    end_writing();  // before the memory of a third round, and before the shared values change
    round->finer = finer_postings(signatures, round->postings, keys, policy.block_limit);
    count_shared(signatures, vocabulary, counts, round->postings, policy, shared, result.crowded);
    if (index != nullptr) {
      writing = std::async(std::launch::async, [&, round] {
        write_blocks(ids, round->postings, round->finer, shared, *index);
      });
    }
    blocks.add(round->postings, signatures, policy);
    blocks.add(round->finer, signatures, policy);
  }
  const CandidatePairs pairs(signatures.size(), std::move(blocks));
  end_writing();
  const MatchContext context{vocabulary, counts, frequencies, shared};
  if (!model) model = &result.learnt.emplace(train(signatures, pairs, context));
  const MatchWeights weights(carried_over(*model, signatures), policy);
  result.edges = find_edges(signatures, pairs, context, weights, policy.review_score);
  if (index != nullptr) {
    writing = std::async(std::launch::async, [&] {
      write_parties(signatures, vocabulary, result.edges, *index);
      index->finish();
    });
  }
  result.clustering = cluster(signatures, result.edges, decisions, policy, context, weights);
  result.review =
      find_review_pairs(signatures, result.edges, result.clustering, decisions, policy, context);
  end_writing();
  return result;
}

}  // namespace cdh
