// Why two parties have their score: what each field says, in bits that add up to it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/match/comparison.hpp"
#include "hub/match/match_model.hpp"

namespace cdh {

struct FieldEvidence {
  MatchField field = MatchField::given;
  Level level = 0;
  std::string_view words;  // of the level: "a typing error apart"
  double weight = 0;       // above 0 it speaks for one customer
};

struct PairEvidence {
  // What else could explain that they agree.
  enum class Other : std::uint8_t { household, namesake };

  PartyKind kind = PartyKind::person;
  double prior = 0;                   // of any two parties, before anything is compared
  std::vector<FieldEvidence> fields;  // those that both have
  Other other = Other::household;     // the likelier one
  double other_weight = 0;            // what households and namesakes take from it: 0 or less
  double identifier_weight = 0;       // what a trusted identifier in common lifts it by: 0 or more
  std::string_view doubt;             // as doubt() has it
  double doubt_weight = 0;            // what that takes from it: 0 or less
  double score = 0;                   // PairScore::score: the sum of all weights
};

// Of a comparison of two parties of this kind.
PairEvidence pair_evidence(const MatchWeights& weights, PartyKind kind,
                           const Comparison& comparison);

// "could be a household"; of organisations "could be another branch"
std::string_view words_of(PartyKind kind, PairEvidence::Other other);
// "for: e-mail address +13.2, family name +9.1; against: given name -5.0, before comparing -14.1"
std::string describe(const PairEvidence& evidence);

}  // namespace cdh
