// Clustering of one connected component: where clustering.hpp's judgement is.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hub/match/clustering.hpp"

namespace cdh {

// Two parties that are taken for one customer; by their places in the component.
struct Link {
  std::uint32_t a = 0, b = 0;
  LinkReason reason;
};

// A connected component: its parties, by key text, and its edges, whose ends are places among them.
struct Component {
  std::vector<const Signature*> parties;
  std::vector<Edge> edges;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> always;  // by decision
  // Whether the two must stay apart, by decision or as records of a source without duplicates.
  std::function<bool(std::uint32_t, std::uint32_t)> is_never, are_of_one_source;
  bool has_never = false, has_one_per_source = false;  // whether they are worth asking
};

// Clusters components, one after the other. One a thread.
class ComponentClusterer {
 public:
  ComponentClusterer(const MatchContext& context, const MatchWeights& weights,
                     const MatchPolicy& policy)
      : comparer_(context), weights_(weights), policy_(policy) {}

  // The links that make the clusters: a forest over the parties.
  std::vector<Link> cluster(const Component& component);

 private:
  // What a pair of parties says, whether or not it is an edge.
  struct Evidence {
    float supporting = 0;
    float against = 0;
  };
  struct Neighbour {
    std::uint32_t party = 0;
    float score = 0;
  };

  void begin(const Component& component);
  void take_decisions();
  void take_corroborated();
  void take_names_alone();
  bool take_one_round_of_names(const std::vector<Edge>& edges);
  const Evidence& evidence(std::uint32_t a, std::uint32_t b);
  // `with_sources`: also for two records of a source that holds no duplicates.
  bool is_forbidden(std::uint32_t cluster_a, std::uint32_t cluster_b, bool with_sources) const;
  bool conflict(std::uint32_t cluster_a, std::uint32_t cluster_b);
  bool is_ambiguous(std::uint32_t cluster_a, std::uint32_t cluster_b, float score);
  std::array<Level, kMatchFields> levels(const Edge& edge);
  void join(std::uint32_t a, std::uint32_t b, LinkReason reason);

  Comparer comparer_;
  const MatchWeights& weights_;
  const MatchPolicy& policy_;
  const Component* component_ = nullptr;
  std::vector<std::uint32_t> cluster_of_;            // of each party: the place of one member
  std::vector<std::vector<std::uint32_t>> members_;  // of each cluster, ascending
  std::vector<std::vector<Neighbour>> neighbours_;   // by corroborated edges
  std::unordered_map<std::uint64_t, Evidence> evidence_;
  std::vector<Link> links_;
};

}  // namespace cdh
