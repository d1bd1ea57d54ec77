#include "hub/match/posting.hpp"

#include <algorithm>

#include "hub/match/work_sharing.hpp"

namespace cdh {

namespace {

// Puts the postings into buckets by the beginnings of their keys, and sorts each: several times as
// fast as sorting millions at once.
void sort(std::vector<Posting>& postings) {
  constexpr int kBucketBits = 16;  // six of the pass, ten of the hash
  const auto bucket_of = [](const Posting& posting) { return posting.key >> (64 - kBucketBits); };
  std::vector<std::size_t> starts((1U << kBucketBits) + 1, 0);
  for (const Posting& posting : postings) ++starts[bucket_of(posting) + 1];
  for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
  std::vector<std::size_t> next(starts.begin(), starts.end() - 1);
  std::vector<Posting> sorted(postings.size());
  for (const Posting& posting : postings) sorted[next[bucket_of(posting)]++] = posting;
  postings = {};
  share_out(starts.size() - 1, [&] {
    return [&](std::size_t bucket) {
      std::sort(sorted.begin() + static_cast<std::ptrdiff_t>(starts[bucket]),
                sorted.begin() + static_cast<std::ptrdiff_t>(starts[bucket + 1]));
    };
  });
  postings = std::move(sorted);
}

}  // namespace

std::vector<Posting> key_postings(std::span<const Signature> signatures, const BlockKeys& keys,
                                  PassRange passes) {
  std::vector<Posting> postings = gather<Posting>(
      signatures.size(), [&] { return keys; },
      [&](BlockKeys& own, std::size_t i, std::vector<Posting>& found) {
        for (const BlockKey key : own.of(signatures[i], passes)) {
          found.push_back({key, static_cast<std::uint32_t>(i)});
        }
      });
  sort(postings);
  return postings;
}

std::vector<Posting> finer_postings(std::span<const Signature> signatures,
                                    std::span<const Posting> postings, const BlockKeys& keys,
                                    int block_limit) {
  std::vector<bool> is_refined(postings.size());
  for_each_block(postings, [&](std::span<const Posting> holders) {
    if (!is_too_large(holders.front().key, holders.size(), block_limit)) return;
    const auto begin = is_refined.begin() + (holders.data() - postings.data());
    std::fill_n(begin, holders.size(), true);
  });
  std::vector<Posting> finer = gather<Posting>(
      postings.size(), [&] { return keys; },
      [&](BlockKeys& own, std::size_t i, std::vector<Posting>& found) {
        if (!is_refined[i]) return;
        const Posting& holder = postings[i];
        for (const BlockKey key : own.finer(signatures[holder.member], holder.key)) {
          found.push_back({key, holder.member});
        }
      });
  sort(finer);
  return finer;
}

}  // namespace cdh
