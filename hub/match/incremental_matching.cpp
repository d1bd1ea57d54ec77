#include "hub/match/incremental_matching.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "hub/match/edge_renewal.hpp"
#include "hub/match/index_excerpt.hpp"
#include "hub/match/review_pairs.hpp"

namespace cdh {

namespace {

void append(PartyIds& to, std::span<const PartyId> ids) {
  to.insert(to.end(), ids.begin(), ids.end());
}

class IncrementalMatcher {
 public:
  IncrementalMatcher(MatchIndex& index, Vocabulary& vocabulary, const MatchPolicy& policy,
                     const MatchModel& model)
      : index_(index),
        policy_(policy),
        weights_(model, policy),
        excerpt_(index, vocabulary, model.counts, policy),
        renewal_(excerpt_, policy, weights_) {}

  TouchedParties match(PartyChanges changes, std::span<const Decision> decisions,
                       const Companions& companions) {
    excerpt_.change(std::move(changes.gone), std::move(changes.present));
    renewal_.run();
    renewal_.write(index_);
    note_decisions(decisions);
    return cluster_touched(std::move(changes.others), decisions, companions);
  }

 private:
  void note_decisions(std::span<const Decision> decisions) {
    for (const Decision& decision : decisions) {
      if (decision.kind != Decision::Kind::always_together) continue;
      together_.emplace(decision.party_a, decision.party_b);
      together_.emplace(decision.party_b, decision.party_a);
    }
  }

  // The other ends of edges of these, of at least this score; they are known then.
  PartyIds neighbours(std::span<const PartyId> parties, double least_score) {
    PartyIds ends;
    for (const PartyId id : parties) {
      for (const PartyEdge& edge : renewal_.edges_of(id)) {
        if (edge.score >= least_score) ends.push_back(edge.other);
      }
    }
    sort_unique(ends);
    excerpt_.load(ends);
    for (const PartyId end : ends) excerpt_.now(end);  // or the index contradicts itself
    return ends;
  }

  // Adds to `reached` these and whoever is joined to them by edges that may link, by decisions or as
  // companions.
  void reach(PartyIds frontier, const Companions& companions,
             std::unordered_set<PartyId>& reached) {
    while (!frontier.empty()) {
      excerpt_.load(frontier);
      std::erase_if(frontier, [&](PartyId id) {
        return !excerpt_.is_known(id) || !reached.insert(id).second;
      });
      PartyIds next = companions(frontier);
      append(next, neighbours(frontier, policy_.link_score));
      for (const PartyId id : frontier) {
        const auto [begin, end] = together_.equal_range(id);
        for (auto at = begin; at != end; ++at) next.push_back(at->second);
      }
      std::erase_if(next, [&](PartyId id) { return reached.contains(id); });
      sort_unique(next);
      frontier = std::move(next);
    }
  }

  TouchedParties cluster_touched(PartyIds others, std::span<const Decision> decisions,
                                 const Companions& companions) {
    PartyIds seeds = std::move(others);
    append(seeds, renewal_.renewed());
    append(seeds, companions(excerpt_.gone()));
    append(seeds, renewal_.former_neighbours(policy_.link_score));
    sort_unique(seeds);
    std::unordered_set<PartyId> reached;
    reach(std::move(seeds), companions, reached);
    const std::unordered_set<PartyId> touched = reached;
    PartyIds uncertain =
        neighbours(PartyIds(touched.begin(), touched.end()), std::numeric_limits<double>::lowest());
    std::erase_if(uncertain, [&](PartyId id) { return reached.contains(id); });
    reach(std::move(uncertain), companions, reached);

    TouchedParties result;
    PartyIds ids(reached.begin(), reached.end());
    std::ranges::sort(ids);
    for (const PartyId id : ids) {
      result.signatures.push_back(excerpt_.now(id));
      result.is_touched.push_back(touched.contains(id));
    }
    Matching& matching = result.matching;
    matching.edges = edges_among(ids);
    // Clustering compares any two of a component.
    excerpt_.load_values_of(ids);
    matching.clustering = cluster(result.signatures, matching.edges, decisions, policy_,
                                  excerpt_.context(), weights_);
    matching.review = find_review_pairs(result.signatures, matching.edges, matching.clustering,
                                        decisions, policy_, excerpt_.context());
    std::erase_if(matching.review, [&](const ReviewPair& pair) {
      return !result.is_touched[pair.a] && !result.is_touched[pair.b];
    });
    matching.crowded = renewal_.crowded();
    return result;
  }

  // With the places of the parties, which are ascending, as indices.
  std::vector<Edge> edges_among(const PartyIds& ids) const {
    std::vector<Edge> edges;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      for (const PartyEdge& edge : renewal_.edges_of(ids[i])) {
        const auto at = std::ranges::lower_bound(ids, edge.other);
        if (edge.other < ids[i] || at == ids.end() || *at != edge.other) continue;
        edges.push_back({static_cast<std::uint32_t>(i),
                         static_cast<std::uint32_t>(at - ids.begin()), edge.score,
                         edge.is_corroborated});
      }
    }
    return edges;
  }

  MatchIndex& index_;
  const MatchPolicy& policy_;
  const MatchWeights weights_;
  IndexExcerpt excerpt_;
  EdgeRenewal renewal_;
  std::unordered_multimap<PartyId, PartyId> together_;  // by decision
};

}  // namespace

TouchedParties match_changes(MatchIndex& index, PartyChanges changes, Vocabulary& vocabulary,
                             std::span<const Decision> decisions, const Companions& companions,
                             const MatchPolicy& policy, const MatchModel& model) {
  return IncrementalMatcher(index, vocabulary, policy, model)
      .match(std::move(changes), decisions, companions);
}

}  // namespace cdh
