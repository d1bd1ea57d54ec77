// Which parties are compared at all: those that have a key in common.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_set>
#include <vector>

#include "hub/match/signature.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

using KeySet = std::unordered_set<std::uint64_t>;

// The party's keys, ascending, each once: what the table match_key holds. Every pair that
// compare() can link has one in common.
std::vector<std::uint64_t> block_keys(const Signature& signature);

// A party (its index among the signatures) holds a key.
struct Posting {
  std::uint64_t key;
  std::uint32_t member;
};

// All keys of all parties, ascending by key, then by index. A million parties of five keys take
// 80 MB.
std::vector<Posting> key_postings(std::span<const Signature> signatures);

// The crowded keys: held by more than policy.max_holders parties, so they identify nobody. Only for
// the postings of all parties; of a part, the store counts the holders.
KeySet find_crowded(std::span<const Posting> postings, const MatchPolicy& policy);

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
