// The pairs that are compared: of parties in one block (blocking.hpp), each once.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "hub/match/posting.hpp"
#include "hub/match/signature.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

// Whether the policy chooses BlockingPass::equal.
bool holds_equals_together(const MatchPolicy& policy);

// Of parties with everything equal, which are in a block of BlockingPass::equal together: enough pairs
// to hold them together, whatever their order. Each with the next by key text; one of a source that
// holds no duplicates, which does not belong with the others of its source, with the first that is of
// another, if possible of a source that may hold duplicates. As indices of `holders`, the first in
// this order first.
std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_of_equals(
    std::span<const Signature* const> holders, const MatchPolicy& policy);

// The blocks of which all pairs are compared.
class Blocks {
 public:
  // Those of two parties or more that are not too large, of the passes that the policy chooses.
  // `postings`, of these signatures, are sorted, and hold all postings of their keys.
  void add(std::span<const Posting> postings, std::span<const Signature> signatures,
           const MatchPolicy& policy);

 private:
  friend class CandidatePairs;
  void add_equals(std::span<const Posting> holders, std::span<const Signature> signatures,
                  const MatchPolicy& policy);

  std::vector<std::uint32_t> members_;  // block after block
  std::vector<std::uint32_t> first_member_;
};

class CandidatePairs {
 public:
  CandidatePairs(std::size_t parties, Blocks blocks);

  std::size_t parties() const { return first_block_.size() - 1; }

  // The parties in common blocks with `party` that have a larger index, ascending, each once. What
  // `found` held is replaced.
  void find_later(std::uint32_t party, std::vector<std::uint32_t>& found) const {
    find(party, party + 1, found);
  }
  // ... of any index.
  void find_others(std::uint32_t party, std::vector<std::uint32_t>& found) const {
    find(party, 0, found);
  }

 private:
  void find(std::uint32_t party, std::uint32_t least, std::vector<std::uint32_t>& found) const;

  Blocks blocks_;
  std::vector<std::uint32_t> blocks_of_parties_;
  std::vector<std::uint32_t> first_block_;  // of each party, and the end
};

}  // namespace cdh
