// Levels of agreement of names: of persons, and of organisations.
#pragma once

#include "hub/match/match_field.hpp"
#include "hub/match/signature.hpp"
#include "hub/match/word_likeness.hpp"

namespace cdh {

// The words of a name, and its whole.
struct NameWords {
  std::span<const WordId> words;
  WordId joined = kNoWord;
  WordId sorted = kNoWord;
  bool empty() const { return words.empty(); }
};

NameWords given_words(const Signature& person);
NameWords family_words(const Signature& person);

// All given names of two people. kMissing when one has none. Symmetric; so below.
Level compare_given_names(WordLikeness& likeness, NameWords a, NameWords b);
Level compare_family_names(WordLikeness& likeness, NameWords a, NameWords b);

// Whether two given names may be one person's: not those of a brother and a sister.
bool may_be_one_given_name(Level given);

// The same of two people: a Chinese given name and a Western one may be the same person's if the
// family name is Chinese.
Level compare_given_names(WordLikeness& likeness, const Signature& a, const Signature& b);

// The names of two persons, each part with the other's or crosswise, whichever agrees better. Where
// both names may be reversed and begin alike but end otherwise ("nagy anna", "nagy peter"), what they
// share is taken for the family name: most who share one part of the name are relatives.
struct PersonNameLevels {
  Level given = kMissing;
  Level family = kMissing;
  bool is_reversed = false;   // `given` is that of both's family name, `family` of the given
  bool is_crosswise = false;  // parts were compared with the other's other part ...
  bool given_is_family_of_a = false;  // ... and `given` is that of a's family and b's given name
  bool is_undecided = false;          // ... or it could as well be: both parts agree alike
};
PersonNameLevels compare_person_names(WordLikeness& likeness, const Signature& a,
                                      const Signature& b);

}  // namespace cdh
