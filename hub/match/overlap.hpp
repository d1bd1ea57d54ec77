// How much two lists of words have in common, rare words counting for more.
#pragma once

#include <span>

#include "hub/match/value_counts.hpp"
#include "hub/match/word_likeness.hpp"

namespace cdh {

enum class WordsOf : std::uint8_t { street, organization };

struct Overlap {
  double of_smaller = 0;  // what is shared, as a part of the smaller list
  double of_union = 0;    // ... of both together (Jaccard)
};

// Each word finds at most one of the other list: an equal one, or for 85% of its weight one that is
// a typing error apart, begins alike or sounds the same. Symmetric.
Overlap overlap(WordLikeness& likeness, const WordFrequencies& frequencies, WordsOf kind,
                std::span<const WordId> a, std::span<const WordId> b);

}  // namespace cdh
