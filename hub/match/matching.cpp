#include "hub/match/matching.hpp"

#include <algorithm>
#include <numeric>

#include "hub/match/shared_values.hpp"
#include "hub/match/training.hpp"

namespace cdh {

namespace {

// Of the values that two parties or more have.
SharedValues count_shared(std::span<const Signature> signatures, const Vocabulary& vocabulary,
                          std::span<const Posting> postings, const MatchPolicy& policy,
                          CrowdedCounts& crowded) {
  SharedValues shared;
  WordLikeness likeness(vocabulary);
  std::vector<const Signature*> parties;
  for_each_block(postings, [&](std::span<const Posting> holders) {
    const BlockKey key = holders.front().key;
    if (holders.size() < 2 || !is_value_pass(pass_of(key))) return;
    if (std::ssize(holders) > policy.max_holders) {
      shared.set_crowded(key);
      ++crowded[static_cast<std::size_t>(pass_of(key))];
      return;
    }
    parties.clear();
    for (const Posting& holder : holders) parties.push_back(&signatures[holder.member]);
    shared.set(key, count_customers(likeness, parties));
  });
  return shared;
}

void write_blocks(std::span<const Signature> signatures, std::span<const Posting> postings,
                  std::span<const Posting> finer, const SharedValues& shared, MatchIndex& index) {
  KeyBlock block;
  const auto take = [&](std::span<const Posting>& from) {
    block.key = from.front().key;
    block.holders.clear();
    std::size_t size = 0;
    for (; size < from.size() && from[size].key == block.key; ++size) {
      block.holders.push_back(signatures[from[size].member].identity.id);
    }
    from = from.subspan(size);
    const bool is_value = is_value_pass(pass_of(block.key));
    block.customers = static_cast<std::uint8_t>(is_value ? shared.customers(block.key) : 1);
    index.add(block);
  };
  while (!postings.empty() || !finer.empty()) {
    const bool is_finer_next =
        postings.empty() || (!finer.empty() && finer.front().key < postings.front().key);
    take(is_finer_next ? finer : postings);
  }
}

void write_parties(std::span<const Signature> signatures, const Vocabulary& vocabulary,
                   std::span<const Edge> edges, MatchIndex& index) {
  std::vector<std::uint32_t> starts(signatures.size() + 1, 0);
  for (const Edge& edge : edges) {
    ++starts[edge.a + 1];
    ++starts[edge.b + 1];
  }
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  std::vector<PartyEdge> ends(edges.size() * 2);
  std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
  const auto add = [&](std::uint32_t party, std::uint32_t other, const Edge& edge) {
    ends[next[party]++] = {signatures[other].identity.id, edge.score, edge.is_corroborated};
  };
  for (const Edge& edge : edges) {
    add(edge.a, edge.b, edge);
    add(edge.b, edge.a, edge);
  }
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    const auto own = std::span(ends).subspan(starts[i], starts[i + 1] - starts[i]);
    std::ranges::sort(own, {}, &PartyEdge::other);
    index.add(signatures[i], own, vocabulary);
  }
}

}  // namespace

Matching match(std::span<const Signature> signatures, const Vocabulary& vocabulary,
               std::span<const Decision> decisions, const MatchPolicy& policy,
               const MatchModel* model, MatchIndex* index) {
  const ValueCounts counts = model ? model->counts : count_values(signatures, vocabulary);
  const WordFrequencies frequencies(vocabulary, counts);
  Matching result;
  SharedValues shared;
  std::optional<CandidatePairs> pairs;
  {
    const int limit = policy.block_limit;
    BlockKeys keys(vocabulary, frequencies);
    const std::vector<Posting> postings = key_postings(signatures, keys);
    const KeySet crowded = find_crowded(postings, limit);
    const std::vector<Posting> finer = finer_postings(signatures, postings, crowded, keys);
    shared = count_shared(signatures, vocabulary, postings, policy, result.crowded);
    if (index != nullptr) {
      index->clear();
      write_blocks(signatures, postings, finer, shared, *index);
    }
    pairs.emplace(signatures.size(), postings, finer, crowded, find_crowded(finer, limit));
  }
  const MatchContext context{vocabulary, counts, frequencies, shared};
  if (!model) model = &result.learnt.emplace(train(signatures, *pairs, context));
  const MatchWeights weights(carried_over(*model, signatures));
  result.edges = find_edges(signatures, *pairs, context, weights, policy.review_score);
  if (index != nullptr) {
    write_parties(signatures, vocabulary, result.edges, *index);
    index->finish();
  }
  result.clustering = cluster(signatures, result.edges, decisions, policy, context, weights);
  result.review =
      find_review_pairs(signatures, result.edges, result.clustering, decisions, policy, context);
  return result;
}

}  // namespace cdh
