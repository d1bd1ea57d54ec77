#include "hub/match/index_writing.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace cdh {

void write_blocks(std::span<const std::int64_t> ids, std::span<const Posting> postings,
                  std::span<const Posting> finer, const SharedValues& shared, MatchIndex& index) {
  KeyBlock block;
  const auto take = [&](std::span<const Posting>& from) {
    block.key = from.front().key;
    block.holders.clear();
    std::size_t size = 0;
    for (; size < from.size() && from[size].key == block.key; ++size) {
      block.holders.push_back(ids[from[size].member]);
    }
    from = from.subspan(size);
    const bool is_value = is_value_pass(pass_of(block.key));
    block.customers = static_cast<std::uint16_t>(is_value ? shared.customers(block.key) : 1);
    index.add(block);
  };
  while (!postings.empty() || !finer.empty()) {
    const bool is_finer_next =
        postings.empty() || (!finer.empty() && finer.front().key < postings.front().key);
    take(is_finer_next ? finer : postings);
  }
}

void write_parties(std::span<const Signature> signatures, const Vocabulary& vocabulary,
                   std::span<const Edge> edges, MatchIndex& index) {
  std::vector<std::uint32_t> starts(signatures.size() + 1, 0);
  for (const Edge& edge : edges) {
    ++starts[edge.a + 1];
    ++starts[edge.b + 1];
  }
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  std::vector<PartyEdge> ends(edges.size() * 2);
  std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
  const auto add = [&](std::uint32_t party, std::uint32_t other, const Edge& edge) {
    ends[next[party]++] = {signatures[other].identity.id, edge.score, edge.is_corroborated};
  };
  for (const Edge& edge : edges) {
    add(edge.a, edge.b, edge);
    add(edge.b, edge.a, edge);
  }
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    const auto own = std::span(ends).subspan(starts[i], starts[i + 1] - starts[i]);
    std::ranges::sort(own, {}, &PartyEdge::other);
    index.add(signatures[i], own, vocabulary);
  }
}

}  // namespace cdh
