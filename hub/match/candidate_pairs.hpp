// The pairs that are compared: of parties in one block (blocking.hpp), each once.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_set>
#include <vector>

#include "hub/match/blocking.hpp"
#include "hub/match/signature.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

using KeySet = std::unordered_set<BlockKey>;

// A party (its index among the signatures) holds a key.
struct Posting {
  BlockKey key;
  std::uint32_t member;
};

// All keys of all parties, ascending by key, then by index.
std::vector<Posting> key_postings(std::span<const Signature> signatures, const BlockKeys& keys);

// Calls visit(std::span<const Posting>) for each key's holders.
template <typename Visit>
void for_each_block(std::span<const Posting> postings, Visit&& visit) {
  for (std::size_t begin = 0; begin < postings.size();) {
    std::size_t end = begin + 1;
    while (end < postings.size() && postings[end].key == postings[begin].key) ++end;
    visit(postings.subspan(begin, end - begin));
    begin = end;
  }
}

// Keys with more holders than the limit of their pass. `postings` are those of all parties.
KeySet find_crowded(std::span<const Posting> postings, int block_limit);

// The finer keys of the holders of the crowded keys, in the order of key_postings.
std::vector<Posting> finer_postings(std::span<const Signature> signatures,
                                    std::span<const Posting> postings, const KeySet& crowded,
                                    BlockKeys& keys);

class CandidatePairs {
 public:
  // Blocks of two parties or more whose key is not crowded. Either list of postings is sorted.
  CandidatePairs(std::size_t parties, std::span<const Posting> postings,
                 std::span<const Posting> finer, const KeySet& crowded,
                 const KeySet& crowded_finer);

  std::size_t parties() const { return first_block_.size() - 1; }

  // Remembers whom a party has met; one a thread.
  class Met {
   public:
    explicit Met(std::size_t parties) : last_(parties, 0) {}
    // Whether `other` is met by `party` for the first time.
    bool first_time(std::uint32_t party, std::uint32_t other) {
      if (last_[other] == party + 1) return false;
      last_[other] = party + 1;
      return true;
    }

   private:
    std::vector<std::uint32_t> last_;
  };

  // Calls visit(other) for each party of a larger index in a common block.
  template <typename Visit>
  void for_each_later(std::uint32_t party, Met& met, Visit&& visit) const {
    for_each(party, party + 1, met, visit);
  }
  // ... of any index.
  template <typename Visit>
  void for_each_other(std::uint32_t party, Met& met, Visit&& visit) const {
    for_each(party, 0, met, visit);
  }

 private:
  template <typename Visit>
  void for_each(std::uint32_t party, std::uint32_t least, Met& met, Visit&& visit) const {
    for (std::uint32_t i = first_block_[party]; i < first_block_[party + 1]; ++i) {
      const std::uint32_t block = blocks_of_parties_[i];
      for (std::uint32_t k = first_member_[block]; k < first_member_[block + 1]; ++k) {
        const std::uint32_t other = members_[k];
        if (other < least || other == party || !met.first_time(party, other)) continue;
        visit(other);
      }
    }
  }

  std::vector<std::uint32_t> members_;       // block after block
  std::vector<std::uint32_t> first_member_;  // of each block, and the end
  std::vector<std::uint32_t> blocks_of_parties_;
  std::vector<std::uint32_t> first_block_;  // of each party, and the end
};

}  // namespace cdh
