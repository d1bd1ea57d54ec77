#include "hub/run/match_index_state.hpp"

#include <string>

#include "hub/store/run_log.hpp"

namespace cdh {

namespace {

template <typename State, typename Visit>
void for_each_value(State& state, Visit&& visit) {
  visit("index.model", state.model_id);
  visit("index.persons", state.parties[static_cast<std::size_t>(PartyKind::person)]);
  visit("index.organizations", state.parties[static_cast<std::size_t>(PartyKind::organization)]);
  for (std::size_t i = 0; i < kBlockingPasses; ++i) {
    const auto pass = static_cast<BlockingPass>(i);
    visit("index.crowded." + std::string(name_of(pass)), state.crowded[i]);
  }
}

}  // namespace

MatchIndexState match_index_state(Database& database) {
  MatchIndexState state;
  for_each_value(state, [&](const std::string& name, std::int64_t& value) {
    value = hub_state(database, name, 0);
  });
  return state;
}

void set_match_index_state(Database& database, const MatchIndexState& state) {
  for_each_value(state, [&](const std::string& name, std::int64_t value) {
    set_hub_state(database, name, value);
  });
}

}  // namespace cdh
