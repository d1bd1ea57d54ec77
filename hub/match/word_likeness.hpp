// How alike two words are.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "hub/match/match_field.hpp"
#include "hub/match/value_counts.hpp"
#include "hub/match/vocabulary.hpp"

namespace cdh {

// A typing error: one edit in words of five letters, two from eight on, three from twelve on
// (edit_distance.hpp). Three letters at least. Symmetric, true of equal words; so below.
bool is_typing_error(std::string_view a, std::string_view b);

// Compares words of one vocabulary, and remembers the latest results: the same words meet again and
// again. Not for several threads.
//
// What is a given name of its own, and what the slip of another, the lists say (given_name.hpp), and
// beyond them the counts: a name is frequent, a slip is a rare word beside a frequent one.
class WordLikeness {
 public:
  // Both outlive it. The counts are those of the match model, so that nights and full runs agree.
  WordLikeness(const Vocabulary& vocabulary, const ValueCounts& counts);

  const Word& operator[](WordId id) const { return vocabulary_[id]; }

  // As is_typing_error.
  bool are_close(WordId a, WordId b);
  // Weaker: Jaro-Winkler of 0.92 (Winkler 1990), an edit more, the same sound, or one begins with
  // the other.
  bool are_loosely_alike(WordId a, WordId b);
  // Two words as the given names of one person: a level of MatchField::given.
  Level compare_given(WordId a, WordId b);

 private:
  enum Known : std::uint8_t { kClose = 1, kIsClose = 2, kLoose = 4, kIsLoose = 8 };
  struct Entry {
    std::uint64_t words = 0;
    std::uint8_t known = 0;
    Level given = kMissing;
  };
  Entry& entry(WordId a, WordId b);
  Level given_of(WordId a, WordId b);
  // Of words that are alike.
  bool are_counted_as_two(const Word& a, const Word& b) const;

  const Vocabulary& vocabulary_;
  const ValueCounts& counts_;
  std::vector<Entry> entries_;
};

}  // namespace cdh
