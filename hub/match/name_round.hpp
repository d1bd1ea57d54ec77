// The last step of clustering a component: clusters between which only names speak.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "hub/match/component.hpp"
#include "hub/match/pooled_party.hpp"

namespace cdh {

// One round: the clusters as they are when it begins are compared as wholes, and each is joined to
// one other at most. Borrows the clusterer and the edges.
class NameRound {
 public:
  // `edges`: those that rest on names alone, the strongest first.
  NameRound(ComponentClusterer& clusterer, std::span<const Edge> edges);

  // Joins the pairs that nobody else comes into question for, the surest first. Whether there are any.
  bool join();

 private:
  // Two clusters with such an edge between them: its strongest, and their score as wholes.
  struct Candidate {
    Edge edge;
    double score = 0;
  };
  using Clusters = std::pair<std::uint32_t, std::uint32_t>;  // the smaller first

  PooledParty& whole(std::uint32_t cluster);
  double score_of(std::uint32_t a, std::uint32_t b);
  // Whether another comes into question for `torn` as much, and is not the same as `partner`.
  bool has_rival(std::uint32_t torn, std::uint32_t partner, double score_of_both);

  ComponentClusterer& clusterer_;
  std::map<Clusters, Candidate> candidates_;
  std::map<std::uint32_t, PooledParty> wholes_;
  std::map<std::uint32_t, std::vector<std::uint32_t>> rivals_;  // of a cluster, all its candidates
};

}  // namespace cdh
