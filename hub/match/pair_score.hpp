// What two parties come to, by their comparison.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "hub/match/comparison.hpp"
#include "hub/match/match_model.hpp"

namespace cdh {

struct PairScore {
  double score = 0;
  bool is_corroborated = false;
};

// What hardly any one customer shows, so that a steward has to decide, however much else agrees: two
// generations, companies whose names have nothing in common, or only resemble each other and have
// no mailbox, phone or domain in common. Empty: nothing of the kind, or an identifier is equal.
std::string_view doubt(PartyKind kind, const Comparison& comparison);

// Where there is a doubt, the score is at most 0.
PairScore score_pair(const MatchWeights& weights, PartyKind kind, const Comparison& comparison);

// Adds up the weights that speak for the pair in fields other than names; `against`, those that
// speak against it.
struct OtherEvidence {
  double supporting = 0;
  double against = 0;
};
OtherEvidence other_evidence(const MatchWeights& weights, PartyKind kind,
                             const Comparison& comparison);

// Compares and scores the many pairs of which few are alike: one that cannot come to a score is left
// as soon as that is known. One a thread; the context and the weights outlive it.
class PairScorer {
 public:
  PairScorer(const MatchContext& context, const MatchWeights& weights, double least_score)
      : comparer_(context), weights_(weights), least_score_(least_score) {}

  // As score_pair; nothing when that is below the least score.
  std::optional<PairScore> score(const Signature& a, const Signature& b);

 private:
  Comparer comparer_;
  const MatchWeights& weights_;
  const double least_score_;
};

}  // namespace cdh
