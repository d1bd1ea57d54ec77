#include "hub/match/match_model.hpp"

#include <algorithm>
#include <cmath>

namespace cdh {

namespace {

constexpr std::array<PartyKind, 2> kKinds = {PartyKind::person, PartyKind::organization};

// The shares, made to add up to 1.
template <typename Share>
void fill(std::array<double, kMaxLevels>& shares, std::size_t levels, Share&& share) {
  double sum = 0;
  for (std::size_t level = 0; level < levels; ++level) sum += shares[level] = share(level);
  for (std::size_t level = 0; level < levels; ++level) shares[level] /= sum;
}

}  // namespace

MatchModel::MatchModel() {
  for (const PartyKind kind : kKinds) {
    for (std::size_t field = 0; field < kMatchFields; ++field) {
      const auto priors = level_priors(kind, static_cast<MatchField>(field));
      const auto namesakes = namesake_priors(kind, static_cast<MatchField>(field));
      FieldShares& shares = of(kind).fields[field];
      fill(shares.match, priors.size(), [&](std::size_t i) { return priors[i].match; });
      fill(shares.random, priors.size(), [&](std::size_t i) { return priors[i].random; });
      fill(shares.household, priors.size(), [&](std::size_t i) {
        return priors[i].household < 0 ? priors[i].random : priors[i].household;
      });
      if (namesakes.empty()) {
        shares.namesake = shares.random;
      } else {
        fill(shares.namesake, namesakes.size(), [&](std::size_t i) { return namesakes[i]; });
      }
    }
  }
}

void set_usual_shares(std::int64_t parties, KindModel& model) {
  constexpr double kMatchesPerParty = 0.3;
  constexpr double kHouseholdsPerMatch = 0.3;
  constexpr double kNamesakesPerMatch = 0.05;
  constexpr double kLargest = 0.05;  // of a handful of parties it would be too many
  const auto others = static_cast<double>(std::max<std::int64_t>(parties, 2) - 1);
  model.match = std::min(kMatchesPerParty * 2 / others, kLargest);
  model.household = model.match * kHouseholdsPerMatch;
  model.namesake = model.match * kNamesakesPerMatch;
}

PartyCounts count_kinds(std::span<const Signature> signatures) {
  PartyCounts counts{};
  for (const Signature& signature : signatures) ++counts[static_cast<std::size_t>(signature.kind)];
  return counts;
}

namespace {

// How often the number of parties has doubled; of none, since there was one.
double doublings(const KindModel& learnt, std::int64_t now) {
  const auto before = static_cast<double>(learnt.parties < 2 ? 1 : learnt.parties);
  return std::round(std::log2(std::max(static_cast<double>(now) / before, 1.0)));
}

}  // namespace

MatchModel carried_over(const MatchModel& model, const PartyCounts& parties) {
  MatchModel result = model;
  for (const PartyKind kind : kKinds) {
    KindModel& learnt = result.of(kind);
    const double steps = doublings(learnt, parties[static_cast<std::size_t>(kind)]);
    if (learnt.parties < 2) {
      set_usual_shares(std::llround(std::exp2(steps)), learnt);
      continue;
    }
    for (double* share : {&learnt.match, &learnt.household, &learnt.namesake}) {
      *share *= std::exp2(-steps);
    }
  }
  return result;
}

bool is_carried_over_alike(const MatchModel& model, const PartyCounts& a, const PartyCounts& b) {
  return std::ranges::all_of(kKinds, [&](PartyKind kind) {
    const auto index = static_cast<std::size_t>(kind);
    return doublings(model.of(kind), a[index]) == doublings(model.of(kind), b[index]);
  });
}

MatchWeights::MatchWeights(const MatchModel& model) {
  for (const PartyKind kind : kKinds) {
    const KindModel& learnt = model.of(kind);
    KindWeights& weights = kinds_[static_cast<std::size_t>(kind)];
    weights.match = std::log2(learnt.match);
    weights.household = std::log2(learnt.household);
    weights.namesake = std::log2(learnt.namesake);
    for (std::size_t field = 0; field < kMatchFields; ++field) {
      const auto priors = level_priors(kind, static_cast<MatchField>(field));
      const bool tells_namesakes = !namesake_priors(kind, static_cast<MatchField>(field)).empty();
      const FieldShares& shares = learnt.fields[field];
      for (std::size_t i = 0; i < priors.size(); ++i) {
        LevelWeights& level = weights.fields[field][i];
        level.match = std::log2(shares.match[i]);
        level.household = std::log2(shares.household[i]);
        level.random = std::log2(shares.random[i]);
        if (tells_namesakes) level.namesake_weight = std::log2(shares.namesake[i]) - level.random;
        level.least = priors[i].least;
        level.most = priors[i].most;
        level.uses_rarity = priors[i].uses_rarity;
        level.tells_households = priors[i].household >= 0;
      }
      set_most(weights, static_cast<MatchField>(field));
    }
  }
}

MatchWeights::MatchWeights(const MatchModel& model, const MatchPolicy& policy)
    : MatchWeights(model) {
  for (KindWeights& weights : kinds_) {
    for (const LevelWeight& chosen : policy.weights) {
      LevelWeights& level = weights.fields[static_cast<std::size_t>(chosen.field)]
                                          [static_cast<std::size_t>(chosen.level)];
      level.least = level.most = chosen.bits;
      level.uses_rarity = false;
      set_most(weights, chosen.field);
    }
    for (std::size_t field = 0; field < kMatchFields; ++field) {
      if (policy.fields.test(field)) continue;
      weights.fields[field] = {};
      weights.most[field] = 0;
    }
  }
}

void MatchWeights::set_most(KindWeights& weights, MatchField field) {
  double& most = weights.most[static_cast<std::size_t>(field)];
  most = 0;
  for (const LevelWeights& level : weights.fields[static_cast<std::size_t>(field)]) {
    const double known = std::clamp(level.match - level.random, level.least, level.most);
    most = std::max(most, level.uses_rarity ? level.most : known);
  }
}

MatchWeights::Sums MatchWeights::weights(const LevelWeights& level, float frequency) const {
  double random = level.random;
  if (level.uses_rarity && frequency > 0) random = std::log2(frequency);
  Sums sums;
  sums.match = std::clamp(level.match - random, level.least, level.most);
  if (level.tells_households) {
    // A household shares its rare name as a match does; the limit of the weight holds for both.
    sums.household = std::min(level.household - random, sums.match + level.household - level.match);
  }
  sums.namesake = level.namesake_weight;
  return sums;
}

MatchWeights::Sums MatchWeights::sums(PartyKind kind, const Comparison& comparison) const {
  Sums sums;
  for (std::size_t field = 0; field < kMatchFields; ++field) {
    const Level level = comparison.levels[field];
    if (level == kMissing) continue;
    const Sums one = weights(of(kind).fields[field][static_cast<std::size_t>(level)],
                             comparison.frequencies[field]);
    sums.match += one.match;
    sums.household += one.household;
    sums.namesake += one.namesake;
  }
  return sums;
}

double MatchWeights::weight(PartyKind kind, const Comparison& comparison, MatchField field) const {
  const Level level = comparison[field];
  if (level == kMissing) return 0;
  const auto index = static_cast<std::size_t>(field);
  return weights(of(kind).fields[index][static_cast<std::size_t>(level)],
                 comparison.frequencies[index])
      .match;
}

MatchWeights::Sums MatchWeights::priors(PartyKind kind) const {
  return {of(kind).match, of(kind).household, of(kind).namesake};
}

double MatchWeights::level_weight(PartyKind kind, MatchField field, Level level) const {
  const auto& levels = of(kind).fields[static_cast<std::size_t>(field)];
  return weights(levels[static_cast<std::size_t>(level)], 0).match;
}

double MatchWeights::score(PartyKind kind, const Comparison& comparison) const {
  return score(kind, sums(kind, comparison));
}

double MatchWeights::score(PartyKind kind, const Sums& sums) const {
  constexpr double kHopeless = -12;
  const KindWeights& weights = of(kind);
  const double chance_left_out = weights.match + sums.match;  // the others only take from it
  if (chance_left_out < kHopeless) return chance_left_out;
  const double household = weights.household + sums.household;
  const double namesake = weights.namesake + sums.namesake;
  const double largest = std::max({household, namesake, 0.0});
  const double others = largest + std::log2(std::exp2(household - largest) +
                                            std::exp2(namesake - largest) + std::exp2(-largest));
  return weights.match + sums.match - others;
}

}  // namespace cdh
