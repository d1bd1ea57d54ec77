#include "hub/match/clustering.hpp"

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "hub/match/component.hpp"
#include "hub/match/work_sharing.hpp"

namespace cdh {

namespace {

using Pair = std::pair<std::uint32_t, std::uint32_t>;

// The decisions, with indices in place of ids.
struct IndexedDecisions {
  std::vector<Pair> always;
  std::unordered_set<std::uint64_t> never;  // pairs, see pair_key

  static std::uint64_t pair_key(std::uint32_t a, std::uint32_t b) {
    return std::uint64_t{std::min(a, b)} << 32 | std::max(a, b);
  }
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
    if (decision.kind == Decision::Kind::never_together) {
      indexed.never.insert(IndexedDecisions::pair_key(a, b));
    } else {
      indexed.always.emplace_back(a, b);
    }
  }
  return indexed;
}

// The numbers of the sources of which at most one record belongs to a profile.
std::unordered_set<std::uint32_t> sources_without_duplicates(std::span<const Signature> signatures,
                                                             const MatchPolicy& policy) {
  std::unordered_set<std::uint32_t> sources;
  if (policy.one_per_source.empty()) return sources;
  for (const Signature& signature : signatures) {
    const PartyIdentity& identity = signature.identity;
    const std::string_view source =
        std::string_view(identity.key).substr(0, identity.key.find('/'));
    if (std::ranges::find(policy.one_per_source, source) != policy.one_per_source.end()) {
      sources.insert(identity.source);
    }
  }
  return sources;
}

// "source/stream/source_key", without the name of the entity.
std::string_view record_of(const PartyIdentity& identity) {
  return std::string_view(identity.key).substr(0, identity.key.rfind('/'));
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

// The connected components of two parties or more: the parties and edges of each stand together.
struct Components {
  std::vector<std::uint32_t> parties;      // component after component, each by key text
  std::vector<std::uint32_t> first_party;  // of each component, and the end
  std::vector<Edge> edges;                 // likewise
  std::vector<std::uint32_t> first_edge;
  std::vector<Pair> always;
  std::vector<std::uint32_t> first_always;

  std::size_t size() const { return first_party.size() - 1; }
};

Components find_components(std::span<const Signature> signatures, std::span<const Edge> edges,
                           const IndexedDecisions& decisions, double least_score) {
  Sets sets(signatures.size());
  std::vector<bool> is_linked(signatures.size());
  const auto unite = [&](std::uint32_t a, std::uint32_t b) {
    sets.unite(a, b);
    is_linked[a] = is_linked[b] = true;
  };
  Components components;
  for (const Edge& edge : edges) {
    if (edge.score < least_score) continue;
    unite(edge.a, edge.b);
    components.edges.push_back(edge);
  }
  for (const auto& [a, b] : decisions.always) unite(a, b);
  components.always = decisions.always;
  for (std::uint32_t i = 0; i < signatures.size(); ++i) {
    if (is_linked[i]) components.parties.push_back(i);
  }
  std::vector<std::uint32_t> root(signatures.size());
  for (const std::uint32_t i : components.parties) root[i] = sets.root(i);
  std::ranges::sort(components.parties, [&](std::uint32_t x, std::uint32_t y) {
    if (root[x] != root[y]) return root[x] < root[y];
    return signatures[x].identity.key < signatures[y].identity.key;
  });
  std::ranges::stable_sort(components.edges, {}, [&](const Edge& edge) { return root[edge.a]; });
  std::ranges::stable_sort(components.always, {},
                           [&](const Pair& pair) { return root[pair.first]; });
  std::size_t edge = 0, decided = 0;
  for (std::size_t i = 0; i < components.parties.size();) {
    const std::uint32_t of = root[components.parties[i]];
    components.first_party.push_back(static_cast<std::uint32_t>(i));
    components.first_edge.push_back(static_cast<std::uint32_t>(edge));
    components.first_always.push_back(static_cast<std::uint32_t>(decided));
    while (i < components.parties.size() && root[components.parties[i]] == of) ++i;
    while (edge < components.edges.size() && root[components.edges[edge].a] == of) ++edge;
    while (decided < components.always.size() && root[components.always[decided].first] == of) {
      ++decided;
    }
  }
  components.first_party.push_back(static_cast<std::uint32_t>(components.parties.size()));
  components.first_edge.push_back(static_cast<std::uint32_t>(components.edges.size()));
  components.first_always.push_back(static_cast<std::uint32_t>(components.always.size()));
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
  ComponentMaker(std::span<const Signature> signatures, const Components& components,
                 const IndexedDecisions& decisions, const MatchPolicy& policy)
      : signatures_(signatures),
        components_(components),
        decisions_(decisions),
        one_per_source_(sources_without_duplicates(signatures, policy)),
        place_(signatures.size()) {
    for (std::size_t i = 0; i < components.size(); ++i) {
      for (std::uint32_t k = components.first_party[i]; k < components.first_party[i + 1]; ++k) {
        place_[components.parties[k]] = k - components.first_party[i];
      }
    }
  }

  Component make(std::size_t index) const {
    const std::span<const std::uint32_t> parties = parties_of(index);
    Component component;
    for (const std::uint32_t party : parties) component.parties.push_back(&signatures_[party]);
    for (std::uint32_t k = components_.first_edge[index]; k < components_.first_edge[index + 1];
         ++k) {
      Edge edge = components_.edges[k];
      std::tie(edge.a, edge.b) = places(edge.a, edge.b);
      component.edges.push_back(edge);
    }
    for (std::uint32_t k = components_.first_always[index]; k < components_.first_always[index + 1];
         ++k) {
      const auto& [a, b] = components_.always[k];
      component.always.push_back(places(a, b));
    }
    std::ranges::sort(component.always);
    component.has_never = !decisions_.never.empty();
    component.is_never = [this, parties](std::uint32_t a, std::uint32_t b) {
      return decisions_.never.contains(IndexedDecisions::pair_key(parties[a], parties[b]));
    };
    component.has_one_per_source = !one_per_source_.empty();
    component.are_of_one_source = [this, parties](std::uint32_t a, std::uint32_t b) {
      const PartyIdentity& of_a = signatures_[parties[a]].identity;
      const PartyIdentity& of_b = signatures_[parties[b]].identity;
      return of_a.source == of_b.source && one_per_source_.contains(of_a.source) &&
             record_of(of_a) != record_of(of_b);
    };
    return component;
  }

  std::span<const std::uint32_t> parties_of(std::size_t index) const {
    const std::uint32_t begin = components_.first_party[index];
    return std::span(components_.parties)
        .subspan(begin, components_.first_party[index + 1] - begin);
  }

 private:
  Pair places(std::uint32_t a, std::uint32_t b) const { return std::minmax(place_[a], place_[b]); }

  std::span<const Signature> signatures_;
  const Components& components_;
  const IndexedDecisions& decisions_;
  const std::unordered_set<std::uint32_t> one_per_source_;
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
  const ComponentMaker maker(signatures, components, indexed, policy);
  const std::vector<Link> taken = gather<Link>(
      components.size(), [&] { return ComponentClusterer(context, weights, policy); },
      [&](ComponentClusterer& clusterer, std::size_t index, std::vector<Link>& found) {
        const std::span<const std::uint32_t> parties = maker.parties_of(index);
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
