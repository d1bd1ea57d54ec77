#include "hub/match/name_round.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace cdh {

namespace {

constexpr std::size_t kMostRivals = 30;  // fewer than by contacts: weighing wholes costs more
constexpr std::size_t kLargest = 200;    // members of the two together

// Bits.
constexpr double kMargin = 3;     // a score within this of another says as much
constexpr double kExtra = 0.5;    // a name alone has to be a little surer
constexpr double kToldApart = 0;  // below that score two clusters are two customers

std::pair<std::uint32_t, std::uint32_t> ordered(std::uint32_t a, std::uint32_t b) {
  return a < b ? std::pair(a, b) : std::pair(b, a);
}

}  // namespace

NameRound::NameRound(ComponentClusterer& clusterer, std::span<const Edge> edges)
    : clusterer_(clusterer) {
  for (const Edge& edge : edges) {
    const std::uint32_t a = clusterer.cluster_of_[edge.a], b = clusterer.cluster_of_[edge.b];
    if (a == b || clusterer.size(a) + clusterer.size(b) > kLargest) continue;
    candidates_.try_emplace(ordered(a, b), Candidate{edge});
  }
  for (auto& [clusters, candidate] : candidates_) {
    candidate.score = score_of(clusters.first, clusters.second);
    rivals_[clusters.first].push_back(clusters.second);
    rivals_[clusters.second].push_back(clusters.first);
  }
}

PooledParty& NameRound::whole(std::uint32_t cluster) {
  const auto known = wholes_.find(cluster);
  if (known != wholes_.end()) return known->second;
  std::vector<const Signature*> parties;
  for (const std::uint32_t member : clusterer_.clusters_[cluster].members) {
    parties.push_back(clusterer_.component_->parties[member]);
  }
  return wholes_.emplace(cluster, PooledParty(parties)).first->second;
}

double NameRound::score_of(std::uint32_t a, std::uint32_t b) {
  return score(clusterer_.comparer_, clusterer_.weights_, whole(a), whole(b));
}

bool NameRound::has_rival(std::uint32_t torn, std::uint32_t partner, double score_of_both) {
  std::size_t looked_at = 0;
  for (const std::uint32_t rival : rivals_[torn]) {
    if (rival == partner || clusterer_.is_forbidden(rival, torn)) continue;
    if (candidates_.at(ordered(torn, rival)).score < score_of_both - kMargin) continue;
    if (++looked_at > kMostRivals) return true;
    const auto known = candidates_.find(ordered(partner, rival));
    const double between =
        known != candidates_.end() ? known->second.score : score_of(partner, rival);
    if (between < kToldApart || clusterer_.is_forbidden(partner, rival)) return true;
  }
  return false;
}

bool NameRound::join() {
  std::vector<Candidate> surest;
  for (const auto& [clusters, candidate] : candidates_) {
    if (candidate.score >= clusterer_.policy_.link_score + kExtra) surest.push_back(candidate);
  }
  std::ranges::stable_sort(surest, std::greater<>(), &Candidate::score);
  std::set<std::uint32_t> joined;
  for (const auto& [edge, score] : surest) {
    const std::uint32_t a = clusterer_.cluster_of_[edge.a], b = clusterer_.cluster_of_[edge.b];
    if (joined.contains(a) || joined.contains(b) || clusterer_.is_forbidden(a, b)) continue;
    if (has_rival(a, b, score) || has_rival(b, a, score)) continue;
    clusterer_.join(
        edge.a, edge.b,
        {LinkReason::Kind::name_alone, static_cast<float>(score), clusterer_.levels(edge)});
    joined.insert({a, b});
  }
  return !joined.empty();
}

}  // namespace cdh
