// How often values occur: a rare name in common says more than a frequent one.
//
// Part of the match model: counted when it is learnt, and not counted on by later runs, so that one
// new record does not move the weights of all others.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "hub/match/signature.hpp"

namespace cdh {

// Stored by number: only append.
enum class CountedValue : std::uint8_t {
  given_name,   // the first
  family_name,  // all its words, sorted
  birth_date,
  postal_code,
  town,
  mail_domain,
  employer,
  street_word,
  organization_word,
  // Of these only the parties that have any; the values' holders are counted in shared_values.hpp.
  phone,
  identifier,
  domain,
};
inline constexpr std::size_t kCountedValues = 12;

class ValueCounts {
 public:
  // The share of the parties that have `value` (the hash of its text) beyond the first, of those
  // that have any; drawn to a usual share where there are few: (count - 1 + 100 f) / (all + 100).
  double frequency(CountedValue kind, std::uint64_t value) const;
  // Bits: log2 of how few parties have the word (inverse document frequency), smoothed.
  double rarity(CountedValue kind, std::uint64_t word) const;
  // The same smoothing for values whose holders are counted elsewhere (shared_values.hpp).
  static double smoothed(double holders_beyond_first, double usual_share, double all);

  // Of the parties of a kind, or with a value of a kind.
  std::int64_t all(CountedValue kind) const { return all_[static_cast<std::size_t>(kind)]; }

  using Counts = std::unordered_map<std::uint64_t, std::uint32_t>;
  const Counts& counts(CountedValue kind) const { return counts_[static_cast<std::size_t>(kind)]; }
  void set(CountedValue kind, std::int64_t all, Counts counts);

 private:
  std::array<Counts, kCountedValues> counts_;
  std::array<std::int64_t, kCountedValues> all_{};
};

// Without the values that only one party has: they are most of all, and a value that is not counted
// counts as one party's.
ValueCounts count_values(std::span<const Signature> signatures, const Vocabulary& vocabulary);

std::uint64_t hash_of_birth_date(std::int32_t date);

// ValueCounts by the ids of one vocabulary, for speed.
class WordFrequencies {
 public:
  // Of a vocabulary that outlives it.
  WordFrequencies(const Vocabulary& vocabulary, const ValueCounts& counts);

  // Takes in the words that have come into the vocabulary since. By the same counts.
  void extend(const ValueCounts& counts);

  float frequency(CountedValue kind, WordId word) const {
    return frequency_[static_cast<std::size_t>(kind)][word];
  }
  float street_rarity(WordId word) const { return street_rarity_[word]; }
  float organization_rarity(WordId word) const { return organization_rarity_[word]; }

 private:
  const Vocabulary& vocabulary_;
  std::array<std::vector<float>, kCountedValues> frequency_;  // of the word kinds only
  std::vector<float> street_rarity_, organization_rarity_;
};

}  // namespace cdh
