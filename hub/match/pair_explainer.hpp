// Why any two of all parties have their score: the comparison of match(), one pair at a time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hub/match/comparison.hpp"
#include "hub/match/match_model.hpp"
#include "hub/match/matching.hpp"
#include "hub/match/pair_evidence.hpp"
#include "hub/match/signature.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

class PairExplainer {
 public:
  // Of all parties; they, their vocabulary and the model outlive it. Counts who has which value, as
  // match() does.
  PairExplainer(std::span<const Signature> signatures, const Vocabulary& vocabulary,
                const MatchPolicy& policy, const MatchModel& model);
  PairExplainer(const PairExplainer&) = delete;
  PairExplainer& operator=(const PairExplainer&) = delete;

  // Of two parties of one kind, by their indices; also of a pair that match() does not compare. The
  // score is that of the edge between them.
  PairEvidence explain(std::uint32_t a, std::uint32_t b);

 private:
  std::span<const Signature> signatures_;
  WordFrequencies frequencies_;
  SharedValues shared_;
  MatchContext context_;
  MatchWeights weights_;
  Comparer comparer_;
};

}  // namespace cdh
