#include "hub/match/review_pairs.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace cdh {

namespace {

// Two clusters, the smaller number in the upper half.
std::uint64_t pair_key(std::uint32_t a, std::uint32_t b) {
  return std::uint64_t{std::min(a, b)} << 32 | std::max(a, b);
}

std::vector<std::uint32_t> cluster_numbers(const Clustering& clustering, std::size_t parties) {
  std::vector<std::uint32_t> cluster_of(parties, kNobody);
  for (std::size_t cluster = 0; cluster < clustering.size(); ++cluster) {
    for (const std::uint32_t member : clustering[cluster]) {
      cluster_of[member] = static_cast<std::uint32_t>(cluster);
    }
  }
  return cluster_of;
}

// The pairs of clusters on which a steward has spoken.
std::unordered_set<std::uint64_t> decided_clusters(std::span<const Signature> signatures,
                                                   std::span<const Decision> decisions,
                                                   std::span<const std::uint32_t> cluster_of) {
  std::unordered_set<std::uint64_t> decided;
  if (decisions.empty()) return decided;
  std::unordered_map<std::int64_t, std::uint32_t> cluster_of_party;
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    cluster_of_party.emplace(signatures[i].identity.id, cluster_of[i]);
  }
  for (const Decision& decision : decisions) {
    const auto a = cluster_of_party.find(decision.party_a);
    const auto b = cluster_of_party.find(decision.party_b);
    if (a == cluster_of_party.end() || b == cluster_of_party.end()) continue;
    decided.insert(pair_key(a->second, b->second));
  }
  return decided;
}

bool are_of_source_without_duplicates(const PartyIdentity& a, const PartyIdentity& b,
                                      const MatchPolicy& policy) {
  if (policy.one_per_source.empty() || a.source != b.source) return false;
  const std::string_view source = std::string_view(a.key).substr(0, a.key.find('/'));
  return std::ranges::find(policy.one_per_source, source) != policy.one_per_source.end();
}

// The edge as a pair without its levels.
ReviewPair pair_of(const Edge& edge, std::span<const Signature> signatures) {
  ReviewPair pair{edge.a, edge.b, edge.score};
  if (signatures[pair.b].identity.key < signatures[pair.a].identity.key) std::swap(pair.a, pair.b);
  return pair;
}

}  // namespace

std::vector<ReviewPair> find_review_pairs(std::span<const Signature> signatures,
                                          std::span<const Edge> edges, const Clustering& clustering,
                                          std::span<const Decision> decisions,
                                          const MatchPolicy& policy, const MatchContext& context) {
  const auto cluster_of = cluster_numbers(clustering, signatures.size());
  const auto decided = decided_clusters(signatures, decisions, cluster_of);
  const auto comes_first = [&](const ReviewPair& one, const ReviewPair& other) {
    if (one.score != other.score) return one.score > other.score;
    return std::tie(signatures[one.a].identity.key, signatures[one.b].identity.key) <
           std::tie(signatures[other.a].identity.key, signatures[other.b].identity.key);
  };
  std::unordered_map<std::uint64_t, ReviewPair> best;  // by clusters
  for (const Edge& edge : edges) {
    const std::uint64_t clusters = pair_key(cluster_of[edge.a], cluster_of[edge.b]);
    if (cluster_of[edge.a] == cluster_of[edge.b] || edge.score < policy.review_score ||
        decided.contains(clusters) ||
        are_of_source_without_duplicates(signatures[edge.a].identity, signatures[edge.b].identity,
                                         policy)) {
      continue;
    }
    const ReviewPair pair = pair_of(edge, signatures);
    const auto [at, is_first] = best.emplace(clusters, pair);
    if (!is_first && comes_first(pair, at->second)) at->second = pair;
  }
  std::vector<ReviewPair> pairs;
  pairs.reserve(best.size());
  for (const auto& [clusters, pair] : best) pairs.push_back(pair);
  std::ranges::sort(pairs, comes_first);
  Comparer comparer(context);
  for (ReviewPair& pair : pairs) {
    const auto size_of = [&](std::uint32_t party) { return clustering[cluster_of[party]].size(); };
    pair.is_too_large = size_of(pair.a) + size_of(pair.b) > kMaxProfileParties;
    pair.levels = comparer.compare(signatures[pair.a], signatures[pair.b]).levels;
  }
  return pairs;
}

std::string describe(const ReviewPair& pair) {
  constexpr std::array<std::pair<LevelMeaning, std::string_view>, 3> kWords = {
      {{LevelMeaning::same, "same "},
       {LevelMeaning::similar, "similar "},
       {LevelMeaning::different, "different "}}};
  std::string text;
  for (const auto& [meaning, word] : kWords) {
    std::string fields;
    for (std::size_t i = 0; i < kMatchFields; ++i) {
      const auto field = static_cast<MatchField>(i);
      if (meaning_of(field, pair.levels[i]) != meaning) continue;
      fields.append(fields.empty() ? word : ", ").append(words_of(field));
    }
    if (fields.empty()) continue;
    text += (text.empty() ? "" : "; ") + fields;
  }
  if (pair.is_too_large) {
    text += "; together more than " + std::to_string(kMaxProfileParties) + " records";
  }
  return text;
}

}  // namespace cdh
