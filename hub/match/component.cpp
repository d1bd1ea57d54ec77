#include "hub/match/component.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "hub/match/pooled_party.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMostCompared = 30;  // members of a cluster, when two are weighed
constexpr std::size_t kMostRivals = 30;    // third clusters that are looked at
constexpr std::size_t kLargestByName = 200;
constexpr int kRoundsOfNames = 3;

// Bits. An edge within kMargin of another says as much.
constexpr float kMargin = 1;
constexpr float kNameMargin = 3;
constexpr double kNameAloneExtra = 0.5;  // a name alone has to be a little surer
constexpr float kMostOfOnePair = 15;
constexpr float kContradiction = -3;  // evidence against that is more than a slip
constexpr float kToldApart = 0;       // below that score two clusters are two customers

// In these fields one customer does not change.
constexpr std::array<MatchField, 6> kIdentity = {MatchField::given,      MatchField::birth,
                                                 MatchField::identifier, MatchField::sex,
                                                 MatchField::generation, MatchField::organization};

bool is_stronger(const Edge& x, const Edge& y) {
  return x.score != y.score ? x.score > y.score : std::pair(x.a, x.b) < std::pair(y.a, y.b);
}

std::span<const std::uint32_t> sample(const std::vector<std::uint32_t>& members) {
  return std::span(members).first(std::min(members.size(), kMostCompared));
}

}  // namespace

std::vector<Link> ComponentClusterer::cluster(const Component& component) {
  begin(component);
  take_decisions();
  take_corroborated();
  take_names_alone();
  return std::move(links_);
}

void ComponentClusterer::begin(const Component& component) {
  component_ = &component;
  const std::size_t count = component.parties.size();
  cluster_of_.resize(count);
  members_.assign(count, {});
  neighbours_.assign(count, {});
  evidence_.clear();
  links_.clear();
  for (std::uint32_t i = 0; i < count; ++i) {
    cluster_of_[i] = i;
    members_[i] = {i};
  }
}

void ComponentClusterer::take_decisions() {
  for (const auto& [a, b] : component_->always) {
    const std::uint32_t cluster_a = cluster_of_[a], cluster_b = cluster_of_[b];
    if (cluster_a == cluster_b) continue;
    const bool is_too_large =
        members_[cluster_a].size() + members_[cluster_b].size() > kMaxProfileParties;
    if (is_too_large || is_forbidden(cluster_a, cluster_b, false)) continue;
    join(a, b, {LinkReason::Kind::decision, 0, {}});
  }
}

void ComponentClusterer::take_corroborated() {
  std::vector<Edge> edges;
  for (const Edge& edge : component_->edges) {
    if (!edge.is_corroborated || edge.score < policy_.link_score) continue;
    edges.push_back(edge);
    neighbours_[edge.a].push_back({edge.b, edge.score});
    neighbours_[edge.b].push_back({edge.a, edge.score});
  }
  std::ranges::sort(edges, is_stronger);
  for (const Edge& edge : edges) {
    const std::uint32_t cluster_a = cluster_of_[edge.a], cluster_b = cluster_of_[edge.b];
    if (cluster_a == cluster_b) continue;
    if (members_[cluster_a].size() + members_[cluster_b].size() > kMaxProfileParties) continue;
    if (is_forbidden(cluster_a, cluster_b, true) || conflict(cluster_a, cluster_b)) continue;
    if (is_ambiguous(cluster_a, cluster_b, edge.score)) continue;
    join(edge.a, edge.b, {LinkReason::Kind::evidence, edge.score, levels(edge)});
  }
}

const ComponentClusterer::Evidence& ComponentClusterer::evidence(std::uint32_t a, std::uint32_t b) {
  const auto [smaller, larger] = std::minmax(a, b);
  const auto [at, is_new] =
      evidence_.try_emplace(std::uint64_t{smaller} << 32 | larger, Evidence());
  if (!is_new) return at->second;
  const Signature& x = *component_->parties[smaller];
  const Signature& y = *component_->parties[larger];
  const Comparison comparison = comparer_.compare(x, y);
  const PairScore pair = score_pair(weights_, x.kind, comparison);
  at->second.supporting = std::clamp(static_cast<float>(pair.score), 0.0F, kMostOfOnePair);
  if (pair.score >= policy_.link_score) return at->second;
  float against = 0;
  for (const MatchField field : kIdentity) {
    against += std::min(0.0F, static_cast<float>(weights_.weight(x.kind, comparison, field)));
  }
  if (against < kContradiction) {
    at->second.against = std::min(1 + kContradiction - against, kMostOfOnePair);
  }
  return at->second;
}

bool ComponentClusterer::is_forbidden(std::uint32_t cluster_a, std::uint32_t cluster_b,
                                      bool with_sources) const {
  with_sources = with_sources && component_->has_one_per_source;
  if (!component_->has_never && !with_sources) return false;
  for (const std::uint32_t a : members_[cluster_a]) {
    for (const std::uint32_t b : members_[cluster_b]) {
      if (component_->has_never && component_->is_never(a, b)) return true;
      if (with_sources && component_->are_of_one_source(a, b)) return true;
    }
  }
  return false;
}

bool ComponentClusterer::conflict(std::uint32_t cluster_a, std::uint32_t cluster_b) {
  float supporting = 0, against = 0;
  for (const std::uint32_t a : sample(members_[cluster_a])) {
    for (const std::uint32_t b : sample(members_[cluster_b])) {
      const Evidence& pair = evidence(a, b);
      supporting += pair.supporting;
      against += pair.against;
    }
  }
  return against > supporting;
}

bool ComponentClusterer::is_ambiguous(std::uint32_t cluster_a, std::uint32_t cluster_b,
                                      float score) {
  const auto has_rival = [&](std::uint32_t torn, std::uint32_t other) {
    std::set<std::uint32_t> seen = {torn, other};
    for (const std::uint32_t member : members_[torn]) {
      for (const Neighbour& neighbour : neighbours_[member]) {
        if (neighbour.score < score - kMargin) continue;
        const std::uint32_t rival = cluster_of_[neighbour.party];
        if (!seen.insert(rival).second) continue;
        if (is_forbidden(rival, torn, true)) continue;  // then it does not come into question
        const bool is_apart = conflict(rival, other) || is_forbidden(rival, other, true);
        if (is_apart && !conflict(rival, torn)) return true;
        if (seen.size() > kMostRivals) return false;
      }
    }
    return false;
  };
  return has_rival(cluster_a, cluster_b) || has_rival(cluster_b, cluster_a);
}

void ComponentClusterer::take_names_alone() {
  std::vector<Edge> edges;
  for (const Edge& edge : component_->edges) {
    if (!edge.is_corroborated && edge.score >= policy_.link_score) edges.push_back(edge);
  }
  if (edges.empty()) return;
  std::ranges::sort(edges, is_stronger);
  for (int round = 0; round < kRoundsOfNames; ++round) {
    if (!take_one_round_of_names(edges)) return;
  }
}

bool ComponentClusterer::take_one_round_of_names(const std::vector<Edge>& edges) {
  // Clusters with such an edge between them: its strongest, and their score as wholes.
  struct Candidate {
    Edge edge;
    double score = 0;
  };
  using Clusters = std::pair<std::uint32_t, std::uint32_t>;
  const auto key_of = [](std::uint32_t a, std::uint32_t b) { return Clusters(std::minmax(a, b)); };
  std::map<Clusters, Candidate> candidates;
  for (const Edge& edge : edges) {
    const std::uint32_t a = cluster_of_[edge.a], b = cluster_of_[edge.b];
    if (a == b || members_[a].size() + members_[b].size() > kLargestByName) continue;
    candidates.try_emplace(key_of(a, b), Candidate{edge});
  }
  std::map<std::uint32_t, PooledParty> pooled;
  const auto whole = [&](std::uint32_t cluster) -> PooledParty& {
    const auto known = pooled.find(cluster);
    if (known != pooled.end()) return known->second;
    std::vector<const Signature*> parties;
    for (const std::uint32_t member : members_[cluster]) {
      parties.push_back(component_->parties[member]);
    }
    return pooled.emplace(cluster, PooledParty(parties)).first->second;
  };
  std::map<std::uint32_t, std::vector<std::uint32_t>> rivals_of;
  for (auto& [clusters, candidate] : candidates) {
    candidate.score = score(comparer_, weights_, whole(clusters.first), whole(clusters.second));
    rivals_of[clusters.first].push_back(clusters.second);
    rivals_of[clusters.second].push_back(clusters.first);
  }
  // Another that comes into question for `torn` as much, and is not the same as `partner`.
  const auto has_rival = [&](std::uint32_t torn, std::uint32_t partner, double value) {
    std::size_t looked_at = 0;
    for (const std::uint32_t rival : rivals_of[torn]) {
      if (rival == partner || is_forbidden(rival, torn, true)) continue;
      if (candidates.at(key_of(torn, rival)).score < value - kNameMargin) continue;
      if (++looked_at > kMostRivals) return true;
      const auto known = candidates.find(key_of(partner, rival));
      const double between = known != candidates.end()
                                 ? known->second.score
                                 : score(comparer_, weights_, whole(partner), whole(rival));
      if (between < kToldApart || is_forbidden(partner, rival, true)) return true;
    }
    return false;
  };
  std::vector<Candidate> sorted;
  for (const auto& [clusters, candidate] : candidates) {
    if (candidate.score >= policy_.link_score + kNameAloneExtra) sorted.push_back(candidate);
  }
  std::ranges::stable_sort(sorted, std::greater<>(), &Candidate::score);
  std::set<std::uint32_t> joined;
  for (const Candidate& candidate : sorted) {
    const std::uint32_t a = cluster_of_[candidate.edge.a], b = cluster_of_[candidate.edge.b];
    if (joined.contains(a) || joined.contains(b) || is_forbidden(a, b, true)) continue;
    if (has_rival(a, b, candidate.score) || has_rival(b, a, candidate.score)) continue;
    join(candidate.edge.a, candidate.edge.b,
         {LinkReason::Kind::name_alone, static_cast<float>(candidate.score),
          levels(candidate.edge)});
    joined.insert(a);
    joined.insert(b);
  }
  return !joined.empty();
}

std::array<Level, kMatchFields> ComponentClusterer::levels(const Edge& edge) {
  return comparer_.compare(*component_->parties[edge.a], *component_->parties[edge.b]).levels;
}

void ComponentClusterer::join(std::uint32_t a, std::uint32_t b, LinkReason reason) {
  links_.push_back({a, b, reason});
  std::uint32_t kept = cluster_of_[a], absorbed = cluster_of_[b];
  if (members_[kept].size() < members_[absorbed].size()) std::swap(kept, absorbed);
  std::vector<std::uint32_t> all;
  all.reserve(members_[kept].size() + members_[absorbed].size());
  std::ranges::merge(members_[kept], members_[absorbed], std::back_inserter(all));
  for (const std::uint32_t member : members_[absorbed]) cluster_of_[member] = kept;
  members_[absorbed].clear();
  members_[kept] = std::move(all);
}

}  // namespace cdh
