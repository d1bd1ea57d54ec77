// Any two parties of the store, compared as the last run has done.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "hub/match/match_model.hpp"
#include "hub/match/pair_explainer.hpp"
#include "hub/model/policy.hpp"
#include "hub/run/party_set.hpp"
#include "hub/store/database.hpp"

namespace cdh {

class PairAssessor {
 public:
  // Reads all parties, since it counts who else has a value: seconds for a million of them. By the
  // stored model; where no run has learnt one yet, Error(config).
  PairAssessor(Database& database, const MatchPolicy& policy);

  // By the parties' ids. Nothing for one that is not there any more, and of a person and an
  // organisation.
  std::optional<PairEvidence> assess(std::int64_t party_a, std::int64_t party_b);

  // The party's place among all; nothing when it is not there.
  std::optional<std::uint32_t> find(std::int64_t party_id) const;
  const PartySet& parties() const { return set_; }
  const MatchModel& model() const { return model_; }

 private:
  PartySet set_;
  MatchModel model_;
  PairExplainer explainer_;
  std::unordered_map<std::int64_t, std::uint32_t> index_of_;
};

}  // namespace cdh
