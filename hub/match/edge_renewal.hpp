// Finds anew the edges that the changes of a night reach (incremental_matching.hpp says which), and
// brings the index in line with them.
#pragma once

#include <span>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "hub/match/index_excerpt.hpp"
#include "hub/match/match_index.hpp"
#include "hub/match/match_model.hpp"
#include "hub/match/matching.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

class EdgeRenewal {
 public:
  // All of these outlive it. The excerpt knows what has changed (IndexExcerpt::change).
  EdgeRenewal(IndexExcerpt& excerpt, const MatchPolicy& policy, const MatchWeights& weights);

  void run();
  void write(MatchIndex& index) const;

  // The parties of which edges were found anew. None that is gone.
  PartyIds renewed() const;
  // Of a party that the excerpt knows, as they are now.
  std::span<const PartyEdge> edges_of(PartyId party) const;
  // Whoever had an edge of at least this score to a party that is affected or gone.
  PartyIds former_neighbours(double least_score) const;
  // Values that are crowded now, less those that are not any more.
  const CrowdedCounts& crowded() const { return crowded_; }

 private:
  void affect(std::span<const PartyId> parties);
  void let_meet(const PartyIds& holders);
  std::vector<BlockKey> move_keys();
  std::vector<KeyMove> finer_moves(std::span<const KeyMove> moves);
  void affect_holders_of_turned(std::span<const BlockKey> keys);
  void affect_apart(const PartyIds& holders);
  void affect_equals(std::span<const BlockKey> keys);
  std::vector<BlockKey> values_to_count(std::span<const BlockKey> moved);
  void count_customers(std::span<const BlockKey> values);
  void weigh_anew(const KeyBlock& value);
  bool have_value_to_weigh(PartyId a, PartyId b) const;
  std::uint16_t customers_of(WordLikeness& likeness, const KeyBlock& block) const;
  void find_pairs();
  void find_pairs_of_equals(std::vector<BlockKey> keys, PartyIds& met);
  std::unordered_map<PartyId, std::vector<BlockKey>> keys_of(std::span<const PartyId> parties);
  void find_edges();
  bool is_found_anew(PartyId end, const PartyEdge& edge) const;

  IndexExcerpt& excerpt_;
  const MatchPolicy& policy_;
  const MatchWeights& weights_;

  std::unordered_set<PartyId> affected_;  // whose edges are all found anew
  std::unordered_set<PartyId> met_;       // others, of whom some are
  // Recounted values whose holders are not compared with each other: of each of them.
  std::unordered_map<PartyId, std::vector<BlockKey>> values_to_weigh_;
  std::vector<std::pair<PartyId, PartyId>> pairs_;             // the smaller one first
  std::unordered_map<PartyId, std::vector<PartyEdge>> edges_;  // of those whose edges may differ
  CrowdedCounts crowded_{};
};

}  // namespace cdh
