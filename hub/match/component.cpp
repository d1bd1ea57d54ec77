#include "hub/match/component.hpp"

#include <algorithm>
#include <unordered_set>

#include "hub/match/name_round.hpp"
#include "hub/match/pair_key.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMostCompared = 30;    // members of a cluster, when two are weighed
constexpr std::size_t kMostRivals = 200;     // third clusters that are looked at
constexpr std::size_t kMostPassed = 20'000;  // neighbours on the way to them
constexpr int kRoundsOfNames = 3;
constexpr std::size_t kMostRemembered = std::size_t{1} << 18;

// Bits. An edge within kMargin of another says as much.
constexpr float kMargin = 1;
constexpr float kMostOfOnePair = 15;
constexpr float kContradiction = -3;  // evidence against that is more than a slip

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

// A map with few places is cleared at less cost than one is made.
template <typename Map>
void forget(Map& map) {
  constexpr std::size_t kFew = 1024;
  if (map.bucket_count() > kFew) map = {};
  map.clear();
}

template <typename Map, typename Value>
void remember(Map& map, std::uint64_t key, const Value& value) {
  if (map.size() == kMostRemembered) map.clear();
  map.insert_or_assign(key, value);
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
  clusters_.assign(count, {});
  neighbours_.assign(count, {});
  forget(evidence_);
  forget(refusals_);
  links_.clear();
  for (std::uint32_t i = 0; i < count; ++i) {
    cluster_of_[i] = i;
    clusters_[i].members = {i};
    clusters_[i].records = SoleRecords(component.parties[i]->identity, policy_);
  }
  for (const auto& [a, b] : component.never) {
    clusters_[a].nevers.push_back(b);
    clusters_[b].nevers.push_back(a);
  }
}

void ComponentClusterer::take_decisions() {
  for (const auto& [a, b] : component_->always) {
    const std::uint32_t cluster_a = cluster_of_[a], cluster_b = cluster_of_[b];
    if (cluster_a == cluster_b) continue;
    if (size(cluster_a) + size(cluster_b) > kMaxProfileParties) continue;
    if (is_never(cluster_a, cluster_b)) continue;
    join(a, b, {LinkReason::Kind::decision, 0, {}});
  }
}

void ComponentClusterer::take_corroborated() {
  std::vector<Edge> edges;
  for (const Edge& edge : component_->edges) {
    if (edge.is_corroborated && edge.score >= policy_.link_score) edges.push_back(edge);
  }
  std::ranges::sort(edges, is_stronger);
  for (const Edge& edge : edges) {
    neighbours_[edge.a].push_back({edge.b, edge.score});
    neighbours_[edge.b].push_back({edge.a, edge.score});
  }
  for (const Edge& edge : edges) {
    const std::uint32_t cluster_a = cluster_of_[edge.a], cluster_b = cluster_of_[edge.b];
    if (cluster_a == cluster_b) continue;
    if (size(cluster_a) + size(cluster_b) > kMaxProfileParties) continue;
    if (is_forbidden(cluster_a, cluster_b) || is_refused(cluster_a, cluster_b, edge.score)) {
      continue;
    }
    join(edge.a, edge.b, {LinkReason::Kind::evidence, edge.score, levels(edge)});
  }
}

ComponentClusterer::Evidence ComponentClusterer::evidence(std::uint32_t a, std::uint32_t b) {
  const std::uint64_t key = pair_key(a, b);
  const auto known = evidence_.find(key);
  if (known != evidence_.end()) return known->second;
  const Signature& x = *component_->parties[std::min(a, b)];
  const Signature& y = *component_->parties[std::max(a, b)];
  const Comparison comparison = comparer_.compare(x, y);
  const PairScore pair = score_pair(weights_, x.kind, comparison);
  Evidence found;
  found.supporting = std::clamp(static_cast<float>(pair.score), 0.0F, kMostOfOnePair);
  if (pair.score < policy_.link_score) {
    float against = 0;
    for (const MatchField field : kIdentity) {
      against += std::min(0.0F, static_cast<float>(weights_.weight(x.kind, comparison, field)));
    }
    if (against < kContradiction) {
      found.against = std::min(1 + kContradiction - against, kMostOfOnePair);
    }
  }
  for (std::size_t i = 0; i < kIdentity.size(); ++i) {
    const Level level = comparison[kIdentity[i]];
    const bool is_initial =
        kIdentity[i] == MatchField::given && level == static_cast<Level>(given_level::initial);
    if (level == kMissing || is_initial) continue;
    found.told.set(i);
    const bool is_against = weights_.weight(x.kind, comparison, kIdentity[i]) < 0;
    if (found.against > 0 && is_against) found.contradicted.set(i);
  }
  remember(evidence_, key, found);
  return found;
}

bool ComponentClusterer::is_never(std::uint32_t cluster_a, std::uint32_t cluster_b) const {
  const std::vector<std::uint32_t>& of_a = clusters_[cluster_a].nevers;
  const std::vector<std::uint32_t>& of_b = clusters_[cluster_b].nevers;
  const bool asks_a = of_a.size() <= of_b.size();
  const std::uint32_t other = asks_a ? cluster_b : cluster_a;
  return std::ranges::any_of(asks_a ? of_a : of_b,
                             [&](std::uint32_t party) { return cluster_of_[party] == other; });
}

bool ComponentClusterer::is_forbidden(std::uint32_t cluster_a, std::uint32_t cluster_b) const {
  return is_never(cluster_a, cluster_b) ||
         clusters_[cluster_a].records.exclude(clusters_[cluster_b].records);
}

// A pair that says nothing of what others contradict does not make up for it: who is either John or
// Jane is not both.
bool ComponentClusterer::conflict(std::uint32_t cluster_a, std::uint32_t cluster_b) {
  std::vector<Evidence> pairs;
  float against = 0;
  IdentityFields contradicted;
  for (const std::uint32_t a : sample(clusters_[cluster_a].members)) {
    for (const std::uint32_t b : sample(clusters_[cluster_b].members)) {
      const Evidence& pair = pairs.emplace_back(evidence(a, b));
      against += pair.against;
      contradicted |= pair.contradicted;
    }
  }
  if (against == 0) return false;
  float supporting = 0;
  for (const Evidence& pair : pairs) {
    if ((pair.told & contradicted).any()) supporting += pair.supporting;
  }
  return against > supporting;
}

bool ComponentClusterer::is_refused(std::uint32_t cluster_a, std::uint32_t cluster_b, float score) {
  const std::uint64_t key = pair_key(cluster_a, cluster_b);
  const std::size_t together = size(cluster_a) + size(cluster_b);
  const auto known = refusals_.find(key);
  if (known != refusals_.end()) {
    const Refusal& last = known->second;
    const bool is_rival_the_same = last.rival == kNobody || size(last.rival) == last.rival_size;
    if (last.size == together && is_rival_the_same) return true;
  }
  Refusal refusal{together};
  if (!conflict(cluster_a, cluster_b)) {
    refusal.rival = rival(cluster_a, cluster_b, score);
    if (refusal.rival == kNobody) refusal.rival = rival(cluster_b, cluster_a, score);
    if (refusal.rival == kNobody) return false;
    refusal.rival_size = size(refusal.rival);
  }
  remember(refusals_, key, refusal);
  return true;
}

// A third cluster that `torn` could as well be part of, and that is not the same as `other`; kNobody
// when there is none.
std::uint32_t ComponentClusterer::rival(std::uint32_t torn, std::uint32_t other, float score) {
  std::unordered_set<std::uint32_t> seen;
  std::size_t passed = 0, looked_at = 0;
  for (const std::uint32_t member : clusters_[torn].members) {
    for (const Neighbour& neighbour : neighbours_[member]) {
      if (neighbour.score < score - kMargin) break;
      if (++passed > kMostPassed) return kNobody;
      const std::uint32_t third = cluster_of_[neighbour.party];
      if (third == torn || third == other || !seen.insert(third).second) continue;
      if (is_forbidden(third, torn)) continue;  // then it does not come into question
      if (++looked_at > kMostRivals) return kNobody;
      const bool is_apart = is_forbidden(third, other) || conflict(third, other);
      if (is_apart && !conflict(third, torn)) return third;
    }
  }
  return kNobody;
}

void ComponentClusterer::take_names_alone() {
  std::vector<Edge> edges;
  for (const Edge& edge : component_->edges) {
    if (!edge.is_corroborated && edge.score >= policy_.link_score) edges.push_back(edge);
  }
  if (edges.empty()) return;
  std::ranges::sort(edges, is_stronger);
  for (int round = 0; round < kRoundsOfNames; ++round) {
    if (!NameRound(*this, edges).join()) return;
  }
}

std::array<Level, kMatchFields> ComponentClusterer::levels(const Edge& edge) {
  return comparer_.compare(*component_->parties[edge.a], *component_->parties[edge.b]).levels;
}

void ComponentClusterer::join(std::uint32_t a, std::uint32_t b, LinkReason reason) {
  links_.push_back({a, b, reason});
  std::uint32_t kept = cluster_of_[a], absorbed = cluster_of_[b];
  if (size(kept) < size(absorbed)) std::swap(kept, absorbed);
  Cluster& whole = clusters_[kept];
  const Cluster part = std::exchange(clusters_[absorbed], {});
  for (const std::uint32_t member : part.members) cluster_of_[member] = kept;
  const auto middle = std::ssize(whole.members);
  whole.members.insert(whole.members.end(), part.members.begin(), part.members.end());
  std::ranges::inplace_merge(whole.members, whole.members.begin() + middle);
  whole.nevers.insert(whole.nevers.end(), part.nevers.begin(), part.nevers.end());
  whole.records.add(part.records);
}

}  // namespace cdh
