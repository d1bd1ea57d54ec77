// How many pairs that are known to be one customer blocking lets be compared, and by which passes.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "hub/match/blocking.hpp"
#include "hub/match/match_model.hpp"
#include "hub/match/signature.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

struct PassRecall {
  std::int64_t pairs = 0;  // that share a key of the pass
  std::int64_t alone = 0;  // ... and of no other pass: without it they were not compared
};

struct BlockingRecall {
  std::int64_t true_pairs = 0;
  // Of these; of parties with everything equal all pairs, though some hold them together.
  std::int64_t compared = 0;
  std::array<PassRecall, kBlockingPasses> passes;

  // Of no pair: 1.
  double recall() const {
    return true_pairs == 0 ? 1 : static_cast<double>(compared) / static_cast<double>(true_pairs);
  }
};

// `customers` tells of each party whose it is; below zero: not known, or not to be looked at. The
// true pairs are those of one customer. The model is the one that match() goes by.
BlockingRecall blocking_recall(std::span<const Signature> signatures, const Vocabulary& vocabulary,
                               const MatchPolicy& policy, const MatchModel& model,
                               std::span<const std::int64_t> customers);

}  // namespace cdh
