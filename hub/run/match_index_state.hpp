// What is known of the store's index of matching as a whole.
#pragma once

#include <cstdint>

#include "hub/match/match_model.hpp"
#include "hub/match/matching.hpp"
#include "hub/store/database.hpp"

namespace cdh {

struct MatchIndexState {
  std::int64_t model_id = 0;  // by which it was written; 0: there is none
  PartyCounts parties{};
  CrowdedCounts crowded{};
};

MatchIndexState match_index_state(Database& database);
void set_match_index_state(Database& database, const MatchIndexState& state);

}  // namespace cdh
