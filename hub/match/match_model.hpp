// What matching has learnt: how often each level of agreement occurs among matches, households,
// namesakes and random pairs, and how frequent values are. With it a pair's score is a pure function
// of the two parties and of who else has their values.
//
// Kept in the store; learnt by the first run, used by all later ones, replaced by `cdh match train`.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/match/comparison.hpp"
#include "hub/match/match_field.hpp"
#include "hub/match/name_order.hpp"
#include "hub/match/value_counts.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

// Shares of the levels of one field among the four kinds of pairs (match_field.hpp).
struct FieldShares {
  std::array<double, kMaxLevels> match{}, household{}, namesake{}, random{};
};

struct KindModel {
  std::array<FieldShares, kMatchFields> fields;
  // The share of matches, households and namesakes among all pairs of two parties.
  double match = 1e-6, household = 1e-6, namesake = 1e-6;
  std::int64_t parties = 0;  // that it was learnt from
};

struct MatchModel {
  std::array<KindModel, 2> kinds;  // by PartyKind
  ValueCounts counts;
  NameOrders name_orders;

  // With the shares of match_field.hpp, before any data is seen.
  MatchModel();
  const KindModel& of(PartyKind kind) const { return kinds[static_cast<std::size_t>(kind)]; }
  KindModel& of(PartyKind kind) { return kinds[static_cast<std::size_t>(kind)]; }
};

// The model for more parties than it was learnt from: with twice the parties any two are half as
// likely to match. In steps of a factor of two, so that a few new parties do not move every score. A
// kind of which it saw none gets the usual shares, in the same steps.
using PartyCounts = std::array<std::int64_t, 2>;  // by PartyKind
PartyCounts count_kinds(std::span<const Signature> signatures);
MatchModel carried_over(const MatchModel& model, const PartyCounts& parties);
inline MatchModel carried_over(const MatchModel& model, std::span<const Signature> signatures) {
  return carried_over(model, count_kinds(signatures));
}
// Whether it comes to the same for both numbers of parties.
bool is_carried_over_alike(const MatchModel& model, const PartyCounts& a, const PartyCounts& b);

// Where learning starts, before any pair is seen: matches, households and namesakes among the pairs
// of so many parties.
void set_usual_shares(std::int64_t parties, KindModel& model);

// The stored form, JSON. Reading throws Error(store) on text that is none, or holds a share that is
// not above 0 and at most 1, or a count that is none.
std::string to_json(const MatchModel& model);
MatchModel match_model_from_json(std::string_view json);

// A model's shares as weights, in bits: log2 of how much more often a level occurs among matches
// (households, namesakes) than among random pairs.
class MatchWeights {
 public:
  explicit MatchWeights(const MatchModel& model);
  // With the fields and weights that the policy chooses.
  MatchWeights(const MatchModel& model, const MatchPolicy& policy);

  struct Sums {
    double match = 0, household = 0, namesake = 0;
  };
  // log2 of the shares of each kind among all pairs, before anything is compared. With the sum for
  // matches, that of matches is the most a score can be: the others only take from it.
  Sums priors(PartyKind kind) const;
  // The weight of a level by itself: of a value that is neither rare nor common.
  double level_weight(PartyKind kind, MatchField field, Level level) const;

  Sums sums(PartyKind kind, const Comparison& comparison) const;
  // The field's part of Sums::match.
  double weight(PartyKind kind, const Comparison& comparison, MatchField field) const;
  // The most that it can be, whatever the two parties hold there.
  double most(PartyKind kind, MatchField field) const {
    return of(kind).most[static_cast<std::size_t>(field)];
  }

  // log2 of the odds that the two are one customer, against a household, namesakes and chance
  // together: 0 is even, 7 a hundred to one. What is the same in a household's and in a match's
  // explanation does not move it.
  double score(PartyKind kind, const Comparison& comparison) const;
  double score(PartyKind kind, const Sums& sums) const;

 private:
  struct LevelWeights {
    double match = 0;      // log2 of the share among matches
    double household = 0;  // ... of households
    double random = 0;     // ... of random pairs
    double namesake_weight = 0;
    double least = 0, most = 0;
    bool uses_rarity = false;
    bool tells_households = false;  // they have a share of their own
  };
  struct KindWeights {
    std::array<std::array<LevelWeights, kMaxLevels>, kMatchFields> fields;
    std::array<double, kMatchFields> most{};
    double match = 0, household = 0, namesake = 0;  // log2 of the shares of all pairs
  };
  const KindWeights& of(PartyKind kind) const { return kinds_[static_cast<std::size_t>(kind)]; }
  void set_most(KindWeights& weights, MatchField field);
  Sums weights(const LevelWeights& level, float frequency) const;

  std::array<KindWeights, 2> kinds_;
};

}  // namespace cdh
