#include "hub/match/candidate_pairs.hpp"

#include <algorithm>
#include <numeric>

#include "hub/match/work_sharing.hpp"

namespace cdh {

namespace {

void sort(std::vector<Posting>& postings) {
  sort_shared(postings, [](const Posting& a, const Posting& b) {
    return a.key != b.key ? a.key < b.key : a.member < b.member;
  });
}

}  // namespace

std::vector<Posting> key_postings(std::span<const Signature> signatures, const BlockKeys& keys) {
  std::vector<Posting> postings = gather<Posting>(
      signatures.size(), [&] { return keys; },
      [&](BlockKeys& own, std::size_t i, std::vector<Posting>& found) {
        for (const BlockKey key : own.of(signatures[i])) {
          found.push_back({key, static_cast<std::uint32_t>(i)});
        }
      });
  sort(postings);
  return postings;
}

KeySet find_crowded(std::span<const Posting> postings, int block_limit) {
  KeySet crowded;
  for_each_block(postings, [&](std::span<const Posting> holders) {
    const BlockKey key = holders.front().key;
    if (is_too_large(key, holders.size(), block_limit)) crowded.insert(key);
  });
  return crowded;
}

std::vector<Posting> finer_postings(std::span<const Signature> signatures,
                                    std::span<const Posting> postings, const KeySet& crowded,
                                    BlockKeys& keys) {
  std::vector<Posting> finer;
  for_each_block(postings, [&](std::span<const Posting> holders) {
    const BlockKey key = holders.front().key;
    if (!crowded.contains(key)) return;
    for (const Posting& holder : holders) {
      for (const BlockKey fine : keys.finer(signatures[holder.member], key)) {
        finer.push_back({fine, holder.member});
      }
    }
  });
  sort(finer);
  return finer;
}

CandidatePairs::CandidatePairs(std::size_t parties, std::span<const Posting> postings,
                               std::span<const Posting> finer, const KeySet& crowded,
                               const KeySet& crowded_finer) {
  first_block_.assign(parties + 1, 0);
  const auto add_blocks = [&](std::span<const Posting> from, const KeySet& left_out) {
    for_each_block(from, [&](std::span<const Posting> holders) {
      if (holders.size() < 2 || left_out.contains(holders.front().key)) return;
      first_member_.push_back(static_cast<std::uint32_t>(members_.size()));
      for (const Posting& holder : holders) {
        members_.push_back(holder.member);
        ++first_block_[holder.member + 1];
      }
    });
  };
  add_blocks(postings, crowded);
  add_blocks(finer, crowded_finer);
  first_member_.push_back(static_cast<std::uint32_t>(members_.size()));

  std::partial_sum(first_block_.begin(), first_block_.end(), first_block_.begin());
  blocks_of_parties_.resize(members_.size());
  std::vector<std::uint32_t> next(first_block_.begin(), first_block_.end() - 1);
  for (std::uint32_t block = 0; block + 1 < first_member_.size(); ++block) {
    for (std::uint32_t k = first_member_[block]; k < first_member_[block + 1]; ++k) {
      blocks_of_parties_[next[members_[k]]++] = block;
    }
  }
}

}  // namespace cdh
