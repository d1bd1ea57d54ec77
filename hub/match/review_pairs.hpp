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

struct ReviewBand {
  std::vector<ReviewPair> pairs;  // the highest score first; of equal ones by key texts
  std::size_t left_out = 0;       // further ones, of lower scores
};

// More than a person can judge.
inline constexpr std::size_t kMaxReviewPairs = 10'000;

// Of each two clusters the edge with the highest score: one question, not one for each two of their
// records. So it is also asked what a conflict, an ambiguity or the limit of a profile's size has
// kept apart. Passed over are clusters of which a steward has decided on any two parties, and edges
// between two records of a source that holds no duplicates. At most `most`.
//
// A pure function of the set of parties, not of their order. `signatures`, `edges` and `decisions`
// are those of the clustering.
ReviewBand find_review_pairs(std::span<const Signature> signatures, std::span<const Edge> edges,
                             const Clustering& clustering, std::span<const Decision> decisions,
                             const MatchPolicy& policy, const MatchContext& context,
                             std::size_t most = kMaxReviewPairs);

// "same e-mail address; similar family name; different birth date"
std::string describe(const ReviewPair& pair);

}  // namespace cdh
