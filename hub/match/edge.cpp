#include "hub/match/edge.hpp"

#include <optional>

#include "hub/match/work_sharing.hpp"

namespace cdh {

namespace {

// Parties lie far apart in memory: that long before it is needed, what one holds is asked for.
constexpr std::size_t kAhead = 3;

void fetch(const Signature& party) {
  const auto* const bytes = reinterpret_cast<const char*>(&party);
  for (std::size_t at = 0; at < sizeof(Signature); at += 64) __builtin_prefetch(bytes + at);
}

void fetch_lists(const Signature& party) {
  const auto* const bytes = static_cast<const char*>(party.lists.data());
  constexpr std::size_t kUsual = 256;  // what most signatures' lists take
  for (std::size_t at = 0; at < kUsual; at += 64) __builtin_prefetch(bytes + at);
}

}  // namespace

std::vector<Edge> find_edges(std::span<const Signature> signatures, const CandidatePairs& pairs,
                             const MatchContext& context, const MatchWeights& weights,
                             double least_score) {
  struct Worker {
    PairScorer scorer;
    std::vector<std::uint32_t> others;
  };
  return gather<Edge>(
      signatures.size(),
      [&] {
        return Worker{PairScorer(context, weights, least_score), {}};
      },
      [&](Worker& worker, std::size_t party, std::vector<Edge>& found) {
        const auto a = static_cast<std::uint32_t>(party);
        const std::vector<std::uint32_t>& others = worker.others;
        pairs.find_later(a, worker.others);
        for (const std::uint32_t b : others) fetch(signatures[b]);
        for (std::size_t i = 0; i < others.size(); ++i) {
          if (i + kAhead < others.size()) fetch_lists(signatures[others[i + kAhead]]);
          const std::uint32_t b = others[i];
          const std::optional<PairScore> pair = worker.scorer.score(signatures[a], signatures[b]);
          if (!pair) continue;
          found.push_back({a, b, static_cast<float>(pair->score), pair->is_corroborated});
        }
      });
}

}  // namespace cdh
