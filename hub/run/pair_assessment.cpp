#include "hub/run/pair_assessment.hpp"

#include "hub/base/error.hpp"
#include "hub/store/match_model_store.hpp"

namespace cdh {

namespace {

MatchModel stored_model(Database& database) {
  const auto stored = current_match_model(database);
  if (!stored) {
    throw Error(ErrorKind::config, "no match model is learnt yet; the first `cdh run` does so");
  }
  return match_model_from_json(stored->content);
}

}  // namespace

PairAssessor::PairAssessor(Database& database, const MatchPolicy& policy)
    : set_(PartyLoader(database).everything()),
      model_(stored_model(database)),
      explainer_(set_.signatures, set_.vocabulary, policy, model_) {
  for (std::uint32_t i = 0; i < set_.signatures.size(); ++i) {
    index_of_.emplace(set_.signatures[i].identity.id, i);
  }
}

std::optional<std::uint32_t> PairAssessor::find(std::int64_t party_id) const {
  const auto at = index_of_.find(party_id);
  return at != index_of_.end() ? std::optional(at->second) : std::nullopt;
}

std::optional<PairEvidence> PairAssessor::assess(std::int64_t party_a, std::int64_t party_b) {
  const auto a = find(party_a), b = find(party_b);
  if (!a || !b) return std::nullopt;
  if (set_.signatures[*a].kind != set_.signatures[*b].kind) return std::nullopt;
  return explainer_.explain(*a, *b);
}

}  // namespace cdh
