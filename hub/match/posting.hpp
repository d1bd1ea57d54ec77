// Who holds which block key.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hub/match/blocking.hpp"
#include "hub/match/signature.hpp"

namespace cdh {

// A party (its index among the signatures) holds a key.
struct Posting {
  BlockKey key;
  std::uint32_t member;
  friend auto operator<=>(const Posting&, const Posting&) = default;
};

// The keys that all parties have of these passes, ascending by key, then by index. Uses all
// processors.
std::vector<Posting> key_postings(std::span<const Signature> signatures, const BlockKeys& keys,
                                  PassRange passes = kAllPasses);

// The finer keys of the holders of keys whose blocks are too large, in the order of key_postings,
// which `postings` come from. Uses all processors.
std::vector<Posting> finer_postings(std::span<const Signature> signatures,
                                    std::span<const Posting> postings, const BlockKeys& keys,
                                    int block_limit);

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

}  // namespace cdh
