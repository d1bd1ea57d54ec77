#include "hub/match/blocking.hpp"

#include <algorithm>

namespace cdh {

std::vector<std::uint64_t> block_keys(const Signature& signature) {
  std::vector<std::uint64_t> keys;
  keys.reserve(signature.evidence.size());
  for (const Evidence& evidence : signature.evidence) keys.push_back(evidence.key);
  return keys;
}

std::vector<Posting> key_postings(std::span<const Signature> signatures) {
  std::size_t count = 0;
  for (const Signature& signature : signatures) count += signature.evidence.size();
  std::vector<Posting> postings;
  postings.reserve(count);
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    for (const Evidence& evidence : signatures[i].evidence) {
      postings.push_back({evidence.key, static_cast<std::uint32_t>(i)});
    }
  }
  std::ranges::sort(postings, [](const Posting& a, const Posting& b) {
    return a.key != b.key ? a.key < b.key : a.member < b.member;
  });
  return postings;
}

KeySet find_crowded(std::span<const Posting> postings, const MatchPolicy& policy) {
  KeySet crowded;
  for_each_block(postings, [&](std::span<const Posting> holders) {
    if (std::ssize(holders) > policy.max_holders) crowded.insert(holders.front().key);
  });
  return crowded;
}

}  // namespace cdh
