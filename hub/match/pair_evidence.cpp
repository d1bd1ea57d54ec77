#include "hub/match/pair_evidence.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "hub/match/pair_score.hpp"

namespace cdh {

namespace {

constexpr double kShown = 0.05;  // bits; less is 0.0 in words

std::string signed_bits(double weight) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%+.1f", weight);
  return text.data();
}

// The weightiest first.
std::string list(const char* intro, std::vector<std::pair<double, std::string_view>> weights) {
  std::ranges::stable_sort(weights, [](const auto& one, const auto& other) {
    return std::abs(one.first) > std::abs(other.first);
  });
  std::string text;
  for (const auto& [weight, words] : weights) {
    text.append(text.empty() ? intro : ", ").append(words).append(" ").append(signed_bits(weight));
  }
  return text;
}

}  // namespace

PairEvidence pair_evidence(const MatchWeights& weights, PartyKind kind,
                           const Comparison& comparison) {
  PairEvidence evidence;
  evidence.kind = kind;
  const MatchWeights::Sums priors = weights.priors(kind), sums = weights.sums(kind, comparison);
  evidence.prior = priors.match;
  for (std::size_t i = 0; i < kMatchFields; ++i) {
    const auto field = static_cast<MatchField>(i);
    const Level level = comparison[field];
    if (level == kMissing) continue;
    evidence.fields.push_back({field, level,
                               level_priors(kind, field)[static_cast<std::size_t>(level)].words,
                               weights.weight(kind, comparison, field)});
  }
  const double compared = weights.score(kind, comparison);
  evidence.other = priors.household + sums.household >= priors.namesake + sums.namesake
                       ? PairEvidence::Other::household
                       : PairEvidence::Other::namesake;
  evidence.other_weight = std::min(0.0, compared - (priors.match + sums.match));
  evidence.score = score_pair(weights, kind, comparison).score;
  evidence.doubt = doubt(kind, comparison);
  evidence.identifier_weight = std::max(0.0, evidence.score - compared);
  evidence.doubt_weight = std::min(0.0, evidence.score - compared);
  return evidence;
}

std::string_view words_of(PartyKind kind, PairEvidence::Other other) {
  if (other == PairEvidence::Other::namesake) return "could be a namesake";
  return kind == PartyKind::person ? "could be a household" : "could be another branch";
}

std::string describe(const PairEvidence& evidence) {
  std::vector<std::pair<double, std::string_view>> supporting, against;
  const auto add = [&](double weight, std::string_view words) {
    if (std::abs(weight) < kShown) return;
    (weight > 0 ? supporting : against).emplace_back(weight, words);
  };
  add(evidence.prior, "before comparing");
  for (const FieldEvidence& field : evidence.fields) add(field.weight, words_of(field.field));
  add(evidence.other_weight, words_of(evidence.kind, evidence.other));
  add(evidence.identifier_weight, "trusted identifier");
  add(evidence.doubt_weight, evidence.doubt);
  std::string text = list("for: ", std::move(supporting));
  const std::string rest = list("against: ", std::move(against));
  return text + (text.empty() || rest.empty() ? "" : "; ") + rest;
}

}  // namespace cdh
