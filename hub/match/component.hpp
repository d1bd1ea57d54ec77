// Clustering of one connected component: where clustering.hpp's judgement is.
#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hub/match/clustering.hpp"
#include "hub/match/sole_records.hpp"

namespace cdh {

// Two parties that are taken for one customer; by their places in the component.
struct Link {
  std::uint32_t a = 0, b = 0;
  LinkReason reason;
};

// A connected component: its parties, by key text, and its edges, whose ends are places among them.
struct Component {
  using Pair = std::pair<std::uint32_t, std::uint32_t>;  // places, the smaller first
  std::vector<const Signature*> parties;
  std::vector<Edge> edges;
  std::vector<Pair> always, never;  // by decision; `always` ascending
};

// Clusters components, one after the other. One a thread. What it remembers of a component has a
// limit; what is forgotten is weighed again.
class ComponentClusterer {
 public:
  ComponentClusterer(const MatchContext& context, const MatchWeights& weights,
                     const MatchPolicy& policy)
      : comparer_(context), weights_(weights), policy_(policy) {}

  // The links that make the clusters: a forest over the parties.
  std::vector<Link> cluster(const Component& component);

 private:
  friend class NameRound;  // what names alone join
  struct Cluster {
    std::vector<std::uint32_t> members;  // ascending
    std::vector<std::uint32_t> nevers;   // parties that none of the members may be with
    SoleRecords records;
  };
  // By their places in kIdentity, those in which one customer does not change.
  using IdentityFields = std::bitset<6>;
  // What a pair of parties says, whether or not it is an edge.
  struct Evidence {
    float supporting = 0;
    float against = 0;
    IdentityFields told;          // what the pair says something of
    IdentityFields contradicted;  // where it is against: what speaks so
  };
  struct Neighbour {
    std::uint32_t party = 0;
    float score = 0;
  };
  // Two clusters that were not joined by an edge. A weaker one does not join them either, until one
  // of them has grown, or the third that either could be with as well.
  struct Refusal {
    std::size_t size = 0;  // of the two together
    std::uint32_t rival = kNobody;
    std::size_t rival_size = 0;
  };

  void begin(const Component& component);
  void take_decisions();
  void take_corroborated();
  void take_names_alone();
  Evidence evidence(std::uint32_t a, std::uint32_t b);
  std::size_t size(std::uint32_t cluster) const { return clusters_[cluster].members.size(); }
  bool is_never(std::uint32_t cluster_a, std::uint32_t cluster_b) const;
  // Whether the two must stay apart, by decision or as records of a source without duplicates.
  bool is_forbidden(std::uint32_t cluster_a, std::uint32_t cluster_b) const;
  bool conflict(std::uint32_t cluster_a, std::uint32_t cluster_b);
  // Whether an edge of that score does not join the two. Edges come by score, the highest first.
  bool is_refused(std::uint32_t cluster_a, std::uint32_t cluster_b, float score);
  std::uint32_t rival(std::uint32_t torn, std::uint32_t other, float score);
  std::array<Level, kMatchFields> levels(const Edge& edge);
  void join(std::uint32_t a, std::uint32_t b, LinkReason reason);

  Comparer comparer_;
  const MatchWeights& weights_;
  const MatchPolicy& policy_;
  const Component* component_ = nullptr;
  std::vector<std::uint32_t> cluster_of_;           // of each party: the place of one member
  std::vector<Cluster> clusters_;                   // by that place
  std::vector<std::vector<Neighbour>> neighbours_;  // by corroborated edges, the strongest first
  std::unordered_map<std::uint64_t, Evidence> evidence_;  // of pairs of parties
  std::unordered_map<std::uint64_t, Refusal> refusals_;   // of pairs of clusters
  std::vector<Link> links_;
};

}  // namespace cdh
