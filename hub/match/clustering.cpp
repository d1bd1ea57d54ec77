#include "hub/match/clustering.hpp"

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "hub/match/component.hpp"
#include "hub/match/work_sharing.hpp"

namespace cdh {

namespace {

using Pair = Component::Pair;

// The decisions, with indices in place of ids.
struct IndexedDecisions {
  std::vector<Pair> always, never;
};

IndexedDecisions index_decisions(std::span<const Signature> signatures,
                                 std::span<const Decision> decisions) {
  IndexedDecisions indexed;
  if (decisions.empty()) return indexed;
  std::unordered_map<std::int64_t, std::uint32_t> index_of;
  for (const Decision& decision : decisions) {
    index_of[decision.party_a] = index_of[decision.party_b] = kNobody;
  }
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    const auto found = index_of.find(signatures[i].identity.id);
    if (found != index_of.end()) found->second = static_cast<std::uint32_t>(i);
  }
  for (const Decision& decision : decisions) {
    const std::uint32_t a = index_of[decision.party_a];
    const std::uint32_t b = index_of[decision.party_b];
    if (a == kNobody || b == kNobody || a == b) continue;
    const bool is_never = decision.kind == Decision::Kind::never_together;
    (is_never ? indexed.never : indexed.always).emplace_back(a, b);
  }
  return indexed;
}

// Disjoint sets.
class Sets {
 public:
  explicit Sets(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }
  std::uint32_t root(std::uint32_t member) {
    while (parent_[member] != member) {
      parent_[member] = parent_[parent_[member]];
      member = parent_[member];
    }
    return member;
  }
  void unite(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

// Items of all components, those of each standing together.
template <typename Item>
struct ByComponent {
  std::vector<Item> items;
  std::vector<std::uint32_t> starts;  // of each component, and the end

  std::span<Item> operator[](std::size_t component) {
    return std::span(items).subspan(starts[component], starts[component + 1] - starts[component]);
  }
  std::span<const Item> operator[](std::size_t component) const {
    return std::span(items).subspan(starts[component], starts[component + 1] - starts[component]);
  }
};

// In their order; component_of(item) may say kNobody, which passes it over.
template <typename Item, typename ComponentOf>
ByComponent<Item> group(std::span<const Item> items, std::size_t components,
                        ComponentOf&& component_of) {
  ByComponent<Item> grouped;
  grouped.starts.assign(components + 1, 0);
  for (const Item& item : items) {
    const std::uint32_t component = component_of(item);
    if (component != kNobody) ++grouped.starts[component + 1];
  }
  std::partial_sum(grouped.starts.begin(), grouped.starts.end(), grouped.starts.begin());
  grouped.items.resize(grouped.starts.back());
  std::vector<std::uint32_t> fill(grouped.starts.begin(), grouped.starts.end() - 1);
  for (const Item& item : items) {
    const std::uint32_t component = component_of(item);
    if (component != kNobody) grouped.items[fill[component]++] = item;
  }
  return grouped;
}

// The connected components of two parties or more.
struct Components {
  ByComponent<std::uint32_t> parties;  // of each by key text
  ByComponent<Edge> edges;
  ByComponent<Pair> always, never;

  std::size_t size() const { return parties.starts.size() - 1; }
};

Components find_components(std::span<const Signature> signatures, std::span<const Edge> edges,
                           const IndexedDecisions& decisions, double least_score) {
  Sets sets(signatures.size());
  std::vector<bool> is_linked(signatures.size());
  const auto unite = [&](std::uint32_t a, std::uint32_t b) {
    sets.unite(a, b);
    is_linked[a] = is_linked[b] = true;
  };
  for (const Edge& edge : edges) {
    if (edge.score >= least_score) unite(edge.a, edge.b);
  }
  for (const auto& [a, b] : decisions.always) unite(a, b);
  std::vector<std::uint32_t> component_of(signatures.size(), kNobody);
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < signatures.size(); ++i) {
    if (!is_linked[i]) continue;
    const std::uint32_t root = sets.root(i);  // the first of its set
    component_of[i] = root == i ? count++ : component_of[root];
  }
  std::vector<std::uint32_t> all(signatures.size());
  std::iota(all.begin(), all.end(), 0U);
  const auto of_pair = [&](const Pair& pair) {
    const std::uint32_t component = component_of[pair.first];
    return component == component_of[pair.second] ? component : kNobody;
  };
  Components components;
  components.parties = group(std::span<const std::uint32_t>(all), count,
                             [&](std::uint32_t party) { return component_of[party]; });
  components.edges = group(edges, count, [&](const Edge& edge) {
    return edge.score < least_score ? kNobody : component_of[edge.a];
  });
  components.always = group(std::span<const Pair>(decisions.always), count, of_pair);
  components.never = group(std::span<const Pair>(decisions.never), count, of_pair);
  for (std::uint32_t i = 0; i < count; ++i) {
    std::ranges::sort(components.parties[i], {}, [&](std::uint32_t party) -> const std::string& {
      return signatures[party].identity.key;
    });
  }
  return components;
}

// The links taken, from both ends: for each party those that lead away from it.
struct Neighbours {
  std::vector<std::uint32_t> starts;
  std::vector<std::pair<std::uint32_t, const LinkReason*>> ends;
};

Neighbours neighbours_of(std::size_t count, std::span<const Link> links) {
  Neighbours neighbours;
  neighbours.starts.assign(count + 1, 0);
  neighbours.ends.resize(links.size() * 2);
  for (const Link& link : links) {
    ++neighbours.starts[link.a + 1];
    ++neighbours.starts[link.b + 1];
  }
  std::partial_sum(neighbours.starts.begin(), neighbours.starts.end(), neighbours.starts.begin());
  std::vector<std::uint32_t> fill(neighbours.starts.begin(), neighbours.starts.end() - 1);
  for (const Link& link : links) {
    neighbours.ends[fill[link.a]++] = {link.b, &link.reason};
    neighbours.ends[fill[link.b]++] = {link.a, &link.reason};
  }
  return neighbours;
}

// Clusters in the order of their first member in the input; within one, by key text, with the joins
// leading to the member with the smallest.
void lay_out(std::span<const Signature> signatures, std::span<const Link> taken,
             Clustering& clustering) {
  const Neighbours neighbours = neighbours_of(signatures.size(), taken);
  clustering.members.reserve(signatures.size());
  clustering.joins.resize(signatures.size());
  std::vector<bool> is_placed(signatures.size());
  // Appends what is reached from `start`; notes the joins on the way when asked to.
  const auto walk = [&](std::uint32_t start, std::vector<std::uint32_t>& reached, bool note_joins) {
    reached.assign(1, start);
    std::vector<std::uint32_t> from(1, kNobody);
    for (std::size_t i = 0; i < reached.size(); ++i) {
      const std::uint32_t member = reached[i];
      for (std::uint32_t k = neighbours.starts[member]; k < neighbours.starts[member + 1]; ++k) {
        const auto [end, reason] = neighbours.ends[k];
        if (end == from[i]) continue;  // the links of a cluster are a tree: no other way back
        reached.push_back(end);
        from.push_back(member);
        if (note_joins) clustering.joins[end] = {member, *reason};
      }
    }
  };

  std::vector<std::uint32_t> cluster;
  for (std::uint32_t i = 0; i < signatures.size(); ++i) {
    if (is_placed[i]) continue;
    clustering.starts.push_back(static_cast<std::uint32_t>(clustering.members.size()));
    if (neighbours.starts[i] == neighbours.starts[i + 1]) {
      clustering.members.push_back(i);
      continue;
    }
    const auto by_key = [&](std::uint32_t member) -> const std::string& {
      return signatures[member].identity.key;
    };
    walk(i, cluster, false);
    walk(*std::ranges::min_element(cluster, {}, by_key), cluster, true);
    std::ranges::sort(cluster, {}, by_key);
    for (const std::uint32_t member : cluster) is_placed[member] = true;
    clustering.members.insert(clustering.members.end(), cluster.begin(), cluster.end());
  }
  clustering.starts.push_back(static_cast<std::uint32_t>(clustering.members.size()));
}

// Makes one component after the other ready to be clustered.
class ComponentMaker {
 public:
  ComponentMaker(std::span<const Signature> signatures, const Components& components)
      : signatures_(signatures), components_(components), place_(signatures.size()) {
    for (std::size_t i = 0; i < components.size(); ++i) {
      std::uint32_t place = 0;
      for (const std::uint32_t party : components.parties[i]) place_[party] = place++;
    }
  }

  Component make(std::size_t index) const {
    Component component;
    for (const std::uint32_t party : components_.parties[index]) {
      component.parties.push_back(&signatures_[party]);
    }
    for (Edge edge : components_.edges[index]) {
      std::tie(edge.a, edge.b) = places({edge.a, edge.b});
      component.edges.push_back(edge);
    }
    for (const Pair& pair : components_.always[index]) component.always.push_back(places(pair));
    for (const Pair& pair : components_.never[index]) component.never.push_back(places(pair));
    std::ranges::sort(component.always);
    return component;
  }

 private:
  Pair places(const Pair& pair) const {
    return std::minmax(place_[pair.first], place_[pair.second]);
  }

  std::span<const Signature> signatures_;
  const Components& components_;
  std::vector<std::uint32_t> place_;
};

}  // namespace

std::string describe(const LinkReason& reason) {
  if (reason.kind == LinkReason::Kind::decision) return "a steward's decision";
  std::string same, similar;
  for (std::size_t i = 0; i < kMatchFields; ++i) {
    const auto field = static_cast<MatchField>(i);
    const std::string words(words_of(field));
    const LevelMeaning meaning = meaning_of(field, reason.levels[i]);
    if (meaning == LevelMeaning::same) same += (same.empty() ? "same " : ", ") + words;
    if (meaning == LevelMeaning::similar) similar += (similar.empty() ? "similar " : ", ") + words;
  }
  std::string text = same + (same.empty() || similar.empty() ? "" : "; ") + similar;
  if (reason.kind == LinkReason::Kind::name_alone) text += "; nobody else of that name is about";
  std::array<char, 32> score{};
  std::snprintf(score.data(), score.size(), " (score %.1f)", static_cast<double>(reason.score));
  return text + score.data();
}

Clustering cluster(std::span<const Signature> signatures, std::span<const Edge> edges,
                   std::span<const Decision> decisions, const MatchPolicy& policy,
                   const MatchContext& context, const MatchWeights& weights) {
  const IndexedDecisions indexed = index_decisions(signatures, decisions);
  const Components components = find_components(signatures, edges, indexed, policy.link_score);
  const ComponentMaker maker(signatures, components);
  const std::vector<Link> taken = gather<Link>(
      components.size(), [&] { return ComponentClusterer(context, weights, policy); },
      [&](ComponentClusterer& clusterer, std::size_t index, std::vector<Link>& found) {
        const std::span<const std::uint32_t> parties = components.parties[index];
        for (Link link : clusterer.cluster(maker.make(index))) {
          link.a = parties[link.a];
          link.b = parties[link.b];
          found.push_back(link);
        }
      });
  Clustering clustering;
  lay_out(signatures, taken, clustering);
  return clustering;
}

}  // namespace cdh
