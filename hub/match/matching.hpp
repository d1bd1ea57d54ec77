// All of matching, from signatures to clusters.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "hub/match/candidate_pairs.hpp"
#include "hub/match/clustering.hpp"
#include "hub/match/edge.hpp"
#include "hub/match/match_model.hpp"
#include "hub/match/review_pairs.hpp"
#include "hub/match/shared_values.hpp"
#include "hub/match/signature.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

struct Matching {
  Clustering clustering;
  std::vector<Edge> edges;  // from policy.review_score on
  ReviewBand review;
  std::vector<BlockKey> crowded;     // values that identify nobody, ascending
  std::optional<MatchModel> learnt;  // when none was given
};

// `signatures` are of all parties, their words of the vocabulary. Without a model one is learnt.
Matching match(std::span<const Signature> signatures, const Vocabulary& vocabulary,
               std::span<const Decision> decisions, const MatchPolicy& policy,
               const MatchModel* model);

// Of the values that two parties or more have, from all their `postings`: how many customers have
// each. `crowded` gets those that identify nobody.
SharedValues count_shared(std::span<const Signature> signatures, const Vocabulary& vocabulary,
                          std::span<const Posting> postings, const MatchPolicy& policy,
                          std::vector<BlockKey>& crowded);

}  // namespace cdh
