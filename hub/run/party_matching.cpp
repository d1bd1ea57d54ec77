#include "hub/run/party_matching.hpp"

#include <optional>
#include <string>
#include <utility>

#include "hub/match/matching.hpp"
#include "hub/run/stored_match_index.hpp"
#include "hub/store/match_model_store.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

namespace {

// What is known of the index as a whole.
struct IndexState {
  std::int64_t model_id = 0;  // by which it was made; 0: there is none
  PartyCounts parties{};
  CrowdedCounts crowded{};
};

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

IndexState read_state(Database& database) {
  IndexState state;
  for_each_value(state, [&](const std::string& name, std::int64_t& value) {
    value = hub_state(database, name, 0);
  });
  return state;
}

void write_state(Database& database, const IndexState& state) {
  for_each_value(state, [&](const std::string& name, std::int64_t value) {
    set_hub_state(database, name, value);
  });
}

std::optional<MatchedParties> match_changed(Database& database, const MatchPolicy& policy,
                                            const StoredMatchModel& stored) {
  IndexState state = read_state(database);
  if (state.model_id != stored.id) return std::nullopt;
  const MatchModel model = match_model_from_json(stored.content);
  StoredMatchIndex index(database);
  std::optional<MatchedParties> matched =
      PartyLoader(database).touched(index, model, policy, state.parties);
  if (!matched) return std::nullopt;
  for (std::size_t i = 0; i < kBlockingPasses; ++i) {
    state.crowded[i] += matched->matching.crowded[i];
  }
  matched->matching.crowded = state.crowded;
  write_state(database, state);
  return matched;
}

MatchedParties match_all(Database& database, const MatchPolicy& policy, MatchScope scope,
                         std::optional<StoredMatchModel> stored, std::int64_t run_id) {
  PartyLoader loader(database);
  MatchedParties result;
  result.set = scope == MatchScope::anew ? loader.anew() : loader.everything();
  std::optional<MatchModel> model;
  if (stored) model = match_model_from_json(stored->content);
  StoredMatchIndex index(database);
  result.matching = match(result.set.signatures, result.set.vocabulary, result.set.decisions,
                          policy, model ? &*model : nullptr, &index);
  if (result.matching.learnt) {
    stored.emplace();
    stored->run_id = run_id;
    stored->parties = std::ssize(result.set.signatures);
    stored->content = to_json(*result.matching.learnt);
    stored->id = add_match_model(database, *stored);
  }
  write_state(database, {stored->id, count_kinds(result.set.signatures), result.matching.crowded});
  return result;
}

}  // namespace

MatchedParties match_parties(Database& database, const MatchPolicy& policy, MatchScope scope,
                             std::int64_t run_id) {
  std::optional<StoredMatchModel> stored = current_match_model(database);
  if (stored && scope == MatchScope::changes) {
    std::optional<MatchedParties> matched = match_changed(database, policy, *stored);
    if (matched) return std::move(*matched);
  }
  return match_all(database, policy, scope, std::move(stored), run_id);
}

}  // namespace cdh
