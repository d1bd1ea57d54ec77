// Any two parties of the store, compared as the last run has done.
#pragma once

#include <cstdint>
#include <optional>

#include "hub/match/match_model.hpp"
#include "hub/match/pair_explainer.hpp"
#include "hub/model/policy.hpp"
#include "hub/run/stored_match_index.hpp"
#include "hub/store/database.hpp"

namespace cdh {

class PairAssessor {
 public:
  // By the index of matching and the model that it was written by. Where no run has matched anything
  // yet, Error(config). The database outlives it.
  PairAssessor(Database& database, const MatchPolicy& policy);
  PairAssessor(const PairAssessor&) = delete;
  PairAssessor& operator=(const PairAssessor&) = delete;

  // By the parties' ids. Nothing for one that the last run did not have, and of a person and an
  // organisation.
  std::optional<PairEvidence> assess(std::int64_t party_a, std::int64_t party_b) {
    return explainer_.explain(party_a, party_b);
  }

 private:
  StoredMatchIndex index_;
  const MatchModel model_;
  PairExplainer explainer_;
};

}  // namespace cdh
