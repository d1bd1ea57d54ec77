// Pairs that a person is to judge: they may be one customer, and ended in different profiles.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "hub/match/clustering.hpp"
#include "hub/match/edge.hpp"

namespace cdh {

struct ReviewPair {
  std::uint32_t a = 0, b = 0;  // indices of the parties; a has the smaller key text
  float score = 0;             // Edge::score
  std::array<Level, kMatchFields> levels{};
  bool is_too_large = false;  // their two clusters together, for a profile: kMaxProfileParties
};

// Of each two clusters the edge with the highest score: one question, not one for each two of their
// records. So it is also asked what a conflict, an ambiguity or the limit of a profile's size has
// kept apart. Passed over are clusters of which a steward has decided on any two parties, unless
// that limit stood against his "together", and edges between two records of a source that holds no
// duplicates. The highest score comes first; of equal ones by key texts.
//
// A pure function of the set of parties, not of their order. `signatures`, `edges` and `decisions`
// are those of the clustering.
std::vector<ReviewPair> find_review_pairs(std::span<const Signature> signatures,
                                          std::span<const Edge> edges, const Clustering& clustering,
                                          std::span<const Decision> decisions,
                                          const MatchPolicy& policy, const MatchContext& context);

// "same e-mail address; similar family name; different birth date"
std::string describe(const ReviewPair& pair);

}  // namespace cdh
