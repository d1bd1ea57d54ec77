// How well two parties agree, field by field.
#pragma once

#include <array>
#include <span>

#include "hub/match/blocking.hpp"
#include "hub/match/match_field.hpp"
#include "hub/match/shared_values.hpp"
#include "hub/match/signature.hpp"
#include "hub/match/value_counts.hpp"
#include "hub/match/word_likeness.hpp"

namespace cdh {

struct Comparison {
  std::array<Level, kMatchFields> levels;
  // How often the agreeing value occurs among all, where the level uses rarity; 0: not known.
  std::array<float, kMatchFields> frequencies{};
  bool has_trusted_identifier = false;  // in common

  Comparison() { levels.fill(kMissing); }
  Level& operator[](MatchField field) { return levels[static_cast<std::size_t>(field)]; }
  Level operator[](MatchField field) const { return levels[static_cast<std::size_t>(field)]; }
};

// What comparing needs besides the two parties. All of it outlives whoever uses it, and may be
// shared by threads.
struct MatchContext {
  const Vocabulary& vocabulary;
  const ValueCounts& counts;
  const WordFrequencies& frequencies;
  const SharedValues& shared;
};

// The fields of a kind of party, those first that tell much and cost little. Identifiers come first:
// one that is trusted overrules a low score, so PairScorer may give a pair up only after them. The
// family name is compared with the given name.
std::span<const MatchField> fields_compared(PartyKind kind);

// Compares parties of one vocabulary. One a thread.
class Comparer {
 public:
  explicit Comparer(const MatchContext& context);

  // Two persons or two organisations. Of several values of a field the pair that agrees best
  // counts. Symmetric to the last bit.
  Comparison compare(const Signature& a, const Signature& b);

  // The same field by field, for who may know enough before the last: call add() for all of
  // fields_compared(), in their order.
  void add(MatchField field, const Signature& a, const Signature& b, Comparison& result);

 private:
  struct Best {
    Level level = kMissing;
    float frequency = 0;
    // Takes the better level; of equal ones the rarer value.
    void take(Level other, float other_frequency);
  };
  void compare_names(const Signature& a, const Signature& b, Comparison& result);
  void read_names_in_mailboxes(const Signature& a, const Signature& b, Comparison& result);
  void compare_births(const Signature& a, const Signature& b, Comparison& result);
  static void compare_sexes(const Signature& a, const Signature& b, Comparison& result);
  static void compare_generations(const Signature& a, const Signature& b, Comparison& result);
  Best compare_employers(const Signature& a, const Signature& b);
  Best compare_emails(const Signature& a, const Signature& b);
  Best compare_phones(const Signature& a, const Signature& b);
  Best compare_identifiers(const Signature& a, const Signature& b, bool& is_trusted);
  Best compare_addresses(const Signature& a, const Signature& b);
  Best compare_organizations(const Signature& a, const Signature& b);
  Best compare_domains(const Signature& a, const Signature& b);
  float frequency_of(CountedValue kind, WordId word) const {
    return word == kNoWord ? 0 : context_.frequencies.frequency(kind, word);
  }
  float street_frequency(const Signature& a, const AddressFeature& of_a, const Signature& b,
                         const AddressFeature& of_b) const;
  // Of a value whose customers are counted, among `all` parties that have one.
  float shared_frequency(BlockKey value, double usual_share, double all) const;

  const MatchContext& context_;
  WordLikeness likeness_;
  BlockKeys keys_;
};

}  // namespace cdh
