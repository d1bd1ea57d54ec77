// Values that several customers have: a family's phone, an office's mailbox, a block of flats. They
// say less, and say it of a household.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>

#include "hub/match/blocking.hpp"
#include "hub/match/signature.hpp"
#include "hub/match/word_likeness.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

// How many different customers the holders of one value are at least: persons by given names that
// cannot be one person's, organisations by their places. Never more than kManyCustomers, and
// from eight on in steps of a quarter. Sorts the holders by their key texts, so that the result
// does not depend on their order.
inline constexpr int kManyCustomers = 40;
int count_customers(WordLikeness& likeness, std::span<const Signature*> holders);
// Whether a value that should be one customer's has so many holders that it identifies nobody.
bool is_crowded(std::size_t holders, const MatchPolicy& policy);
// What SharedValues has of a value whose holders need not be looked at for it: a crowded one; and as
// streets and names of organisations are many customers' by nature, of a street with more than
// kManyHolders, which is no family's house, and of a name with more than MatchPolicy::max_holders,
// half the holders, in steps of four. A night would read nearly a whole town to count those in each
// of its high-rises.
inline constexpr std::size_t kManyHolders = 80;
std::optional<int> customers_by_size(BlockKey value, std::size_t holders,
                                     const MatchPolicy& policy);
// Whether two versions of one party count alike.
bool is_counted_alike(WordLikeness& likeness, const Signature& before, const Signature& after);

class SharedValues {
 public:
  // Counted by email_key(), phone_key(), ...: the customers that have the value, 1 when nothing is
  // known of it.
  int customers(BlockKey value) const {
    const auto found = customers_.find(value);
    return found == customers_.end() ? 1 : found->second;
  }
  // The value identifies nobody (customers_by_size).
  bool is_crowded(BlockKey value) const { return customers(value) == kCrowded; }

  void set(BlockKey value, int customers) {
    if (customers > 1) customers_[value] = static_cast<std::uint16_t>(customers);
  }
  void forget(BlockKey value) { customers_.erase(value); }

  static constexpr std::uint16_t kCrowded = 65'535;  // in the place of a number of customers

 private:
  std::unordered_map<BlockKey, std::uint16_t> customers_;
};

// Whether the pass's keys are single values that are counted.
bool is_value_pass(BlockingPass pass);

}  // namespace cdh
