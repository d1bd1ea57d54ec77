#include "hub/match/pair_explainer.hpp"

namespace cdh {

namespace {

SharedValues shared_values(std::span<const Signature> signatures, const Vocabulary& vocabulary,
                           const MatchPolicy& policy, const WordFrequencies& frequencies) {
  const std::vector<Posting> postings =
      key_postings(signatures, BlockKeys(vocabulary, frequencies));
  SharedValues shared;
  CrowdedCounts crowded{};
  count_shared(signatures, vocabulary, postings, policy, shared, crowded);
  return shared;
}

}  // namespace

PairExplainer::PairExplainer(std::span<const Signature> signatures, const Vocabulary& vocabulary,
                             const MatchPolicy& policy, const MatchModel& model)
    : signatures_(signatures),
      frequencies_(vocabulary, model.counts),
      shared_(shared_values(signatures, vocabulary, policy, frequencies_)),
      context_{vocabulary, model.counts, frequencies_, shared_},
      weights_(carried_over(model, signatures)),
      comparer_(context_) {}

PairEvidence PairExplainer::explain(std::uint32_t a, std::uint32_t b) {
  const Signature& one = signatures_[a];
  return pair_evidence(weights_, one.kind, comparer_.compare(one, signatures_[b]));
}

}  // namespace cdh
