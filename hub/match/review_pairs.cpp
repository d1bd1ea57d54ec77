#include "hub/match/review_pairs.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "hub/match/pair_key.hpp"
#include "hub/match/sole_records.hpp"

namespace cdh {

namespace {

std::vector<std::uint32_t> cluster_numbers(const Clustering& clustering, std::size_t parties) {
  std::vector<std::uint32_t> cluster_of(parties, kNobody);
  for (std::size_t cluster = 0; cluster < clustering.size(); ++cluster) {
    for (const std::uint32_t member : clustering[cluster]) {
      cluster_of[member] = static_cast<std::uint32_t>(cluster);
    }
  }
  return cluster_of;
}

bool are_too_large(const Clustering& clustering, std::uint32_t cluster_a, std::uint32_t cluster_b) {
  return clustering[cluster_a].size() + clustering[cluster_b].size() > kMaxProfileParties;
}

// The pairs of clusters on which a steward has spoken. Not one where "together" could not be
// followed: he is to learn why.
std::unordered_set<std::uint64_t> decided_clusters(std::span<const Signature> signatures,
                                                   std::span<const Decision> decisions,
                                                   const Clustering& clustering,
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
    const bool is_never = decision.kind == Decision::Kind::never_together;
    if (is_never || !are_too_large(clustering, a->second, b->second)) {
      decided.insert(pair_key(a->second, b->second));
    }
  }
  return decided;
}

bool exclude_each_other(const PartyIdentity& a, const PartyIdentity& b, const MatchPolicy& policy) {
  return SoleRecords(a, policy).exclude(SoleRecords(b, policy));
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
  const auto decided = decided_clusters(signatures, decisions, clustering, cluster_of);
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
        exclude_each_other(signatures[edge.a].identity, signatures[edge.b].identity, policy)) {
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
    pair.is_too_large = are_too_large(clustering, cluster_of[pair.a], cluster_of[pair.b]);
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
