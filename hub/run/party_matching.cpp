#include "hub/run/party_matching.hpp"

#include <optional>
#include <utility>

#include "hub/match/matching.hpp"
#include "hub/run/match_index_state.hpp"
#include "hub/run/stored_match_index.hpp"
#include "hub/store/match_model_store.hpp"

namespace cdh {

namespace {

std::optional<MatchedParties> match_changed(Database& database, const MatchPolicy& policy,
                                            const StoredMatchModel& stored) {
  MatchIndexState state = match_index_state(database);
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
  set_match_index_state(database, state);
  return matched;
}

MatchedParties match_all(Database& database, const MatchPolicy& policy, MatchScope scope,
                         std::optional<StoredMatchModel> stored, std::int64_t run_id) {
  std::optional<MatchModel> model;
  if (stored) model = match_model_from_json(stored->content);
  const MatchModel* known = model ? &*model : nullptr;
  PartyLoader loader(database);
  MatchedParties result;
  result.set = scope == MatchScope::anew ? loader.anew(known) : loader.everything(known);
  StoredMatchIndex index(database);
  result.matching = match(result.set.signatures, result.set.vocabulary, result.set.decisions,
                          policy, known, &index);
  const bool has_learnt = result.matching.learnt && !result.set.signatures.empty();
  if (has_learnt) {
    result.matching.learnt->name_orders = result.set.name_orders;
    stored.emplace();
    stored->run_id = run_id;
    stored->parties = std::ssize(result.set.signatures);
    stored->content = to_json(*result.matching.learnt);
    stored->id = add_match_model(database, *stored);
  }
  set_match_index_state(database, {stored ? stored->id : 0, count_kinds(result.set.signatures),
                                   result.matching.crowded});
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
