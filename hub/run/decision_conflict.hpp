// Decisions that contradict each other through others: two records that may not be one customer, and
// a third that is one with either.
#pragma once

#include <optional>
#include <span>

#include "hub/store/membership.hpp"

namespace cdh {

// Of these decisions, in the order they were made, with the later of two on one pair in the place of
// the earlier: one that holds two records apart whom others hold together. `from` on, they are new:
// nothing that was so without them is told.
std::optional<StoredDecision> contradicted_decision(std::span<const StoredDecision> decisions,
                                                    std::size_t from);

}  // namespace cdh
