// Several records of one customer, taken as one party: what one of them lacks another has.
#pragma once

#include <span>
#include <vector>

#include "hub/match/comparison.hpp"
#include "hub/match/match_model.hpp"
#include "hub/match/signature.hpp"

namespace cdh {

class PooledParty {
 public:
  // In the order given, which the result depends on; one kind. At most 40 are taken.
  explicit PooledParty(std::span<const Signature* const> members);

  // The score of the two by all that is known of either, under the names that agree best; very low
  // where what is known speaks against it.
  friend double score(Comparer& comparer, const MatchWeights& weights, PooledParty& a,
                      PooledParty& b);

 private:
  struct Name {
    NameFeature given, family;
    bool may_be_reversed = false;
    std::uint32_t given_characters = 0;
  };
  Signature pooled_;
  std::vector<Name> names_;  // persons: as the members have them, each once
};

}  // namespace cdh
