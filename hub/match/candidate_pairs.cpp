#include "hub/match/candidate_pairs.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace cdh {

void Blocks::add(std::span<const Posting> postings, const MatchPolicy& policy) {
  for_each_block(postings, [&](std::span<const Posting> holders) {
    if (holders.size() < 2) return;
    if (!is_compared(holders.front().key, holders.size(), policy)) return;
    first_member_.push_back(static_cast<std::uint32_t>(members_.size()));
    for (const Posting& holder : holders) members_.push_back(holder.member);
  });
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
