#include "hub/match/matching.hpp"

#include <algorithm>

#include "hub/match/index_writing.hpp"
#include "hub/match/training.hpp"

namespace cdh {

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
