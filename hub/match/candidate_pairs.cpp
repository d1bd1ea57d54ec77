#include "hub/match/candidate_pairs.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "hub/match/sole_records.hpp"

namespace cdh {

bool holds_equals_together(const MatchPolicy& policy) {
  return policy.blocking.test(static_cast<std::size_t>(BlockingPass::equal));
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_of_equals(
    std::span<const Signature* const> holders, const MatchPolicy& policy) {
  std::vector<std::uint32_t> free, sole;
  for (std::uint32_t i = 0; i < holders.size(); ++i) {
    (is_of_sole_source(holders[i]->identity, policy) ? sole : free).push_back(i);
  }
  for (std::vector<std::uint32_t>* some : {&free, &sole}) {
    std::ranges::sort(
        *some, {}, [&](std::uint32_t i) -> const std::string& { return holders[i]->identity.key; });
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::size_t i = 1; i < free.size(); ++i) pairs.emplace_back(free[i - 1], free[i]);
  if (sole.empty()) return pairs;
  const auto are_of_one_source = [&](std::uint32_t i, std::uint32_t j) {
    return holders[i]->identity.source == holders[j]->identity.source;
  };
  const std::uint32_t first = free.empty() ? sole.front() : free.front();
  const auto first_of_another =
      std::ranges::find_if(sole, [&](std::uint32_t one) { return !are_of_one_source(one, first); });
  for (const std::uint32_t one : sole) {
    if (!are_of_one_source(one, first)) {
      pairs.emplace_back(first, one);
    } else if (one != first && first_of_another != sole.end()) {
      pairs.emplace_back(*first_of_another, one);
    }
  }
  return pairs;
}

void Blocks::add(std::span<const Posting> postings, std::span<const Signature> signatures,
                 const MatchPolicy& policy) {
  for_each_block(postings, [&](std::span<const Posting> holders) {
    if (holders.size() < 2) return;
    if (!is_compared(holders.front().key, holders.size(), policy)) return;
    if (pass_of(holders.front().key) == BlockingPass::equal) {
      return add_equals(holders, signatures, policy);
    }
    first_member_.push_back(static_cast<std::uint32_t>(members_.size()));
    for (const Posting& holder : holders) members_.push_back(holder.member);
  });
}

void Blocks::add_equals(std::span<const Posting> holders, std::span<const Signature> signatures,
                        const MatchPolicy& policy) {
  std::vector<const Signature*> parties;
  for (const Posting& holder : holders) parties.push_back(&signatures[holder.member]);
  for (const auto& [a, b] : pairs_of_equals(parties, policy)) {
    first_member_.push_back(static_cast<std::uint32_t>(members_.size()));
    const auto [first, last] = std::minmax(holders[a].member, holders[b].member);
    members_.push_back(first);
    members_.push_back(last);
  }
}

CandidatePairs::CandidatePairs(std::size_t parties, Blocks blocks) : blocks_(std::move(blocks)) {
  const std::vector<std::uint32_t>& members = blocks_.members_;
  std::vector<std::uint32_t>& first_member = blocks_.first_member_;
  first_member.push_back(static_cast<std::uint32_t>(members.size()));
  first_block_.assign(parties + 1, 0);
  for (const std::uint32_t member : members) ++first_block_[member + 1];
  std::partial_sum(first_block_.begin(), first_block_.end(), first_block_.begin());
  blocks_of_parties_.resize(members.size());
  std::vector<std::uint32_t> next(first_block_.begin(), first_block_.end() - 1);
  for (std::uint32_t block = 0; block + 1 < first_member.size(); ++block) {
    for (std::uint32_t k = first_member[block]; k < first_member[block + 1]; ++k) {
      blocks_of_parties_[next[members[k]]++] = block;
    }
  }
}

void CandidatePairs::find(std::uint32_t party, std::uint32_t least,
                          std::vector<std::uint32_t>& found) const {
  found.clear();
  for (std::uint32_t i = first_block_[party]; i < first_block_[party + 1]; ++i) {
    const std::uint32_t block = blocks_of_parties_[i];
    const std::uint32_t begin = blocks_.first_member_[block];
    // A block's members ascend, so those of a larger index are at its end.
    for (std::uint32_t k = blocks_.first_member_[block + 1]; k > begin; --k) {
      const std::uint32_t member = blocks_.members_[k - 1];
      if (member < least) break;
      if (member != party) found.push_back(member);
    }
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
}

}  // namespace cdh
