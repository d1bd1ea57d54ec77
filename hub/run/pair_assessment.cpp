#include "hub/run/pair_assessment.hpp"

#include "hub/base/error.hpp"
#include "hub/run/match_index_state.hpp"
#include "hub/store/match_model_store.hpp"

namespace cdh {

namespace {

MatchModel model_of_index(Database& database) {
  const MatchIndexState state = match_index_state(database);
  const auto stored = match_model(database, state.model_id);
  if (!stored) {
    throw Error(ErrorKind::config, "no run has matched anything yet; `cdh run` does so");
  }
  return carried_over(match_model_from_json(stored->content), state.parties);
}

}  // namespace

PairAssessor::PairAssessor(Database& database, const MatchPolicy& policy)
    : index_(database), model_(model_of_index(database)), explainer_(index_, model_, policy) {}

}  // namespace cdh
