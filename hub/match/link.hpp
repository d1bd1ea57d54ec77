// The links found among a set of parties, in the one order in which they are taken.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hub/match/blocking.hpp"
#include "hub/match/comparison.hpp"

namespace cdh {

// Two parties, by their indices, that seem to be one customer. `a` has the smaller key text.
struct Link {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  LinkReason reason;
};

// Compares every pair that shares a key that is not crowded, once; `postings` are those of the
// signatures. A party without a name is not linked by a contested mailbox, one whose holders
// contradict each other: it may be anyone of the family. Another mailbox in common may link it.
std::vector<Link> find_links(std::span<const Signature> signatures,
                             std::span<const Posting> postings, const KeySet& crowded);

// Strongest first, then by the two key texts; also turns each link so that `a` has the smaller one.
void sort_links(std::span<const Signature> signatures, std::vector<Link>& links);

}  // namespace cdh
