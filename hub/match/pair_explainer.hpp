// Why any two parties have their score: the comparison of match(), one pair at a time, of what the
// index of matching has.
#pragma once

#include <cstdint>
#include <optional>

#include "hub/match/index_excerpt.hpp"
#include "hub/match/match_index.hpp"
#include "hub/match/match_model.hpp"
#include "hub/match/pair_evidence.hpp"
#include "hub/match/vocabulary.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

class PairExplainer {
 public:
  // All of these outlive it. `model` is the one by which the index was written, already carried over
  // (match_model.hpp), and so is the policy.
  PairExplainer(MatchIndex& index, const MatchModel& model, const MatchPolicy& policy)
      : excerpt_(index, vocabulary_, model.counts, policy), weights_(model, policy) {}

  // By the parties' ids; also of a pair that match() does not compare. The score is that of the edge
  // between them. Nothing when the index does not have both, and of a person and an organisation.
  std::optional<PairEvidence> explain(std::int64_t a, std::int64_t b);

 private:
  Vocabulary vocabulary_;
  IndexExcerpt excerpt_;
  MatchWeights weights_;
};

}  // namespace cdh
