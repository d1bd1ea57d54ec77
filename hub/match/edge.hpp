// Pairs of parties that may be one customer, with their scores.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hub/match/candidate_pairs.hpp"
#include "hub/match/comparison.hpp"
#include "hub/match/match_model.hpp"
#include "hub/match/pair_score.hpp"

namespace cdh {

struct Edge {
  std::uint32_t a = 0, b = 0;  // indices of the parties, a < b
  float score = 0;             // MatchWeights::score, or more where a trusted identifier is equal
  // More than a name speaks for it: values of other fields with 3 bits or more together.
  bool is_corroborated = false;
};

// All candidate pairs with at least this score, in the order of their indices. Uses all processors.
std::vector<Edge> find_edges(std::span<const Signature> signatures, const CandidatePairs& pairs,
                             const MatchContext& context, const MatchWeights& weights,
                             double least_score);

}  // namespace cdh
