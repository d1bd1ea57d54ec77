// All of matching, from signatures to clusters.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "hub/match/candidate_pairs.hpp"
#include "hub/match/clustering.hpp"
#include "hub/match/edge.hpp"
#include "hub/match/match_index.hpp"
#include "hub/match/match_model.hpp"
#include "hub/match/review_pairs.hpp"
#include "hub/match/shared_values.hpp"
#include "hub/match/signature.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

// Values that more parties hold than MatchPolicy::max_holders, by their passes: they identify
// nobody. Of BlockingPass::equal: blocks that are too large.
using CrowdedCounts = std::array<std::int64_t, kBlockingPasses>;

struct Matching {
  Clustering clustering;
  std::vector<Edge> edges;         // from policy.review_score on
  std::vector<ReviewPair> review;  // the likeliest first
  CrowdedCounts crowded{};
  std::optional<MatchModel> learnt;  // when none was given
};

// `signatures` are of all parties, ascending by id, their words of the vocabulary, their names in the
// order of their source (name_order.hpp). Without a model one is learnt, but for these orders. An index
// is written anew for match_changes(): the whole of what it found, by one thread at a time, which need
// not be this one.
Matching match(std::span<const Signature> signatures, const Vocabulary& vocabulary,
               std::span<const Decision> decisions, const MatchPolicy& policy,
               const MatchModel* model, MatchIndex* index = nullptr);

}  // namespace cdh
