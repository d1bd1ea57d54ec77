// Levels of agreement of two postal addresses.
#pragma once

#include "hub/match/match_field.hpp"
#include "hub/match/signature.hpp"
#include "hub/match/value_counts.hpp"
#include "hub/match/word_likeness.hpp"

namespace cdh {

// An address whose parts stand in one field is found in the other's parts: a postal code or town is
// looked for among all words. kMissing when neither streets nor places can be compared. Symmetric.
Level compare_address(WordLikeness& likeness, const WordFrequencies& frequencies,
                      const Signature& a, const AddressFeature& of_a, const Signature& b,
                      const AddressFeature& of_b);

}  // namespace cdh
