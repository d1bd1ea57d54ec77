// Which parties of the store are one customer: of all of them, or of those that the changes since
// the last publication reach.
#pragma once

#include <cstdint>

#include "hub/model/policy.hpp"
#include "hub/run/party_set.hpp"
#include "hub/store/database.hpp"

namespace cdh {

enum class MatchScope : std::uint8_t {
  changes,     // what the changes reach, when the index of matching allows it; else everything
  everything,  // with a new index
  anew,        // likewise, to be published as into an empty store
};

// By the model that the store has; without one, a model is learnt and left there. Keeps the index of
// matching in step. In the caller's transaction; `run_id` is the run it belongs to.
MatchedParties match_parties(Database& database, const MatchPolicy& policy, MatchScope scope,
                             std::int64_t run_id);

}  // namespace cdh
