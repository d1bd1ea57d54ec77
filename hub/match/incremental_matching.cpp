#include "hub/match/incremental_matching.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "hub/match/index_excerpt.hpp"
#include "hub/match/review_pairs.hpp"
#include "hub/match/work_sharing.hpp"

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
        weights_(model),
        excerpt_(index, vocabulary, model.counts, policy) {}

  TouchedParties match(PartyChanges changes, std::span<const Decision> decisions,
                       const Companions& companions) {
    excerpt_.change(std::move(changes.gone), std::move(changes.present));
    affect(excerpt_.changed());
    count_customers(move_keys());
    meet_affected();
    find_edges_of_affected();
    write_index();
    note_decisions(decisions);
    return cluster_touched(std::move(changes.others), decisions, companions);
  }

 private:
  void affect(std::span<const PartyId> parties) {
    for (const PartyId party : parties) {
      if (!excerpt_.is_gone(party)) affected_.insert(party);
    }
  }

  // Of the changed parties; returns the keys that are not finer ones, ascending.
  std::vector<BlockKey> move_keys() {
    std::vector<KeyMove> moves;
    for (const auto& [id, signature] : excerpt_.former_parties()) {
      for (const BlockKey key : excerpt_.keys().of(signature)) moves.push_back({key, false, id});
    }
    for (const PartyId id : excerpt_.changed()) {
      for (const BlockKey key : excerpt_.keys().of(excerpt_.now(id))) {
        moves.push_back({key, true, id});
      }
    }
    std::vector<BlockKey> keys = excerpt_.apply(moves);
    affect_holders_of_turned(keys);
    std::vector<KeyMove> finer = finer_moves(moves);
    affect_holders_of_turned(excerpt_.apply(finer));
    return keys;
  }

  // The finer keys are those of blocks that are too large: of such a block all holders come to hold
  // them when it becomes so, and leave them when it is not any more. `moves` are sorted.
  std::vector<KeyMove> finer_moves(std::span<const KeyMove> moves) {
    std::vector<KeyMove> finer;
    const auto add = [&](BlockKey key, std::span<const PartyId> parties, bool arrives) {
      for (const PartyId party : parties) {
        const Signature& signature = arrives ? excerpt_.now(party) : excerpt_.former(party);
        for (const BlockKey fine : excerpt_.keys().finer(signature, key)) {
          finer.push_back({fine, arrives, party});
        }
      }
    };
    for (std::size_t i = 0; i < moves.size();) {
      const BlockKey key = moves[i].key;
      PartyIds leaving, arriving;
      for (; i < moves.size() && moves[i].key == key; ++i) {
        (moves[i].arrives ? arriving : leaving).push_back(moves[i].party);
      }
      const IndexExcerpt::Block& block = excerpt_.block(key);
      const bool was = excerpt_.was_too_large(key), is = excerpt_.is_too_large(key);
      if (was) add(key, is ? leaving : block.before.holders, false);
      if (is) add(key, was ? arriving : block.after.holders, true);
    }
    return finer;
  }

  // Of the blocks that became too large, or are not any more.
  void affect_holders_of_turned(std::span<const BlockKey> keys) {
    PartyIds holders;
    for (const BlockKey key : keys) {
      if (excerpt_.was_too_large(key) == excerpt_.is_too_large(key)) continue;
      append(holders, excerpt_.block(key).before.holders);
      append(holders, excerpt_.block(key).after.holders);
    }
    affect(holders);
    excerpt_.load(std::move(holders));
  }

  // Of the values among the keys.
  void count_customers(std::vector<BlockKey> keys) {
    std::erase_if(keys, [](BlockKey key) { return !is_value_pass(pass_of(key)); });
    PartyIds holders;
    for (const BlockKey key : keys) {
      const KeyBlock& block = excerpt_.block(key).after;
      if (std::ssize(block.holders) <= policy_.max_holders) append(holders, block.holders);
    }
    excerpt_.load(std::move(holders));
    WordLikeness likeness(excerpt_.vocabulary());
    for (const BlockKey key : keys) {
      const IndexExcerpt::Block& block = excerpt_.block(key);
      excerpt_.set_customers(key, customers_of(likeness, block.after));
      crowded_[static_cast<std::size_t>(pass_of(key))] +=
          is_crowded(block.after) - is_crowded(block.before);
      if (block.after.customers != block.before.customers) affect(block.after.holders);
    }
    excerpt_.load({affected_.begin(), affected_.end()});
  }

  static int is_crowded(const KeyBlock& block) {
    return block.customers == SharedValues::kCrowded ? 1 : 0;
  }

  std::uint8_t customers_of(WordLikeness& likeness, const KeyBlock& block) const {
    if (block.holders.size() < 2) return 1;
    if (std::ssize(block.holders) > policy_.max_holders) return SharedValues::kCrowded;
    std::vector<const Signature*> parties;
    for (const PartyId holder : block.holders) parties.push_back(&excerpt_.now(holder));
    return static_cast<std::uint8_t>(cdh::count_customers(likeness, parties));
  }

  // The keys, with the finer ones, of each of these; their blocks are known then.
  std::unordered_map<PartyId, std::vector<BlockKey>> keys_of(std::span<const PartyId> parties) {
    std::unordered_map<PartyId, std::vector<BlockKey>> held;
    std::vector<BlockKey> keys;
    for (const PartyId id : parties) {
      const std::span<const BlockKey> own = excerpt_.keys().of(excerpt_.now(id));
      held[id].assign(own.begin(), own.end());
      keys.insert(keys.end(), own.begin(), own.end());
    }
    excerpt_.load_blocks(std::move(keys));
    keys.clear();
    for (auto& [id, own] : held) {
      const std::size_t coarse = own.size();
      for (std::size_t i = 0; i < coarse; ++i) {
        if (!excerpt_.is_too_large(own[i])) continue;
        const std::span<const BlockKey> finer = excerpt_.keys().finer(excerpt_.now(id), own[i]);
        own.insert(own.end(), finer.begin(), finer.end());
        keys.insert(keys.end(), finer.begin(), finer.end());
      }
    }
    excerpt_.load_blocks(std::move(keys));
    return held;
  }

  // Finds the pairs of affected parties, and loads whom they bring in.
  void meet_affected() {
    PartyIds met;
    for (const auto& [id, keys] : keys_of(PartyIds(affected_.begin(), affected_.end()))) {
      for (const BlockKey key : keys) {
        if (excerpt_.is_too_large(key)) continue;
        for (const PartyId other : excerpt_.block(key).after.holders) {
          if (other == id) continue;
          pairs_.push_back(std::minmax(id, other));
          met.push_back(other);
        }
      }
    }
    std::ranges::sort(pairs_);
    pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
    excerpt_.load(std::move(met));
  }

  void find_edges_of_affected() {
    struct Found {
      PartyId a = 0, b = 0;
      PairScore pair;
    };
    const std::vector<Found> found = gather<Found>(
        pairs_.size(),
        [&] { return PairScorer(excerpt_.context(), weights_, policy_.review_score); },
        [&](PairScorer& scorer, std::size_t i, std::vector<Found>& edges) {
          const auto& [a, b] = pairs_[i];
          const std::optional<PairScore> pair = scorer.score(excerpt_.now(a), excerpt_.now(b));
          if (pair) edges.push_back({a, b, *pair});
        });
    PartyIds ends = former_neighbours();
    for (const Found& edge : found) append(ends, std::array{edge.a, edge.b});
    sort_unique(ends);
    excerpt_.load(ends);
    for (const PartyId id : affected_) edges_[id];
    for (const PartyId end : ends) {
      if (!excerpt_.is_known(end) || affected_.contains(end)) continue;
      std::vector<PartyEdge>& edges = edges_[end];
      std::ranges::copy_if(
          excerpt_.former_edges(end), std::back_inserter(edges), [&](const PartyEdge& edge) {
            return !affected_.contains(edge.other) && !excerpt_.is_gone(edge.other);
          });
    }
    for (const auto& [a, b, pair] : found) {
      const auto score = static_cast<float>(pair.score);
      edges_.at(a).push_back({b, score, pair.is_corroborated});
      edges_.at(b).push_back({a, score, pair.is_corroborated});
    }
    for (auto& [id, edges] : edges_) std::ranges::sort(edges, {}, &PartyEdge::other);
  }

  // Whoever had an edge of at least this score to a party that is affected or gone.
  PartyIds former_neighbours(double least_score = -1e9) const {
    PartyIds neighbours;
    const auto add = [&](PartyId id) {
      for (const PartyEdge& edge : excerpt_.former_edges(id)) {
        if (edge.score >= least_score) neighbours.push_back(edge.other);
      }
    };
    for (const PartyId id : affected_) add(id);
    for (const PartyId id : excerpt_.gone()) add(id);
    return neighbours;
  }

  std::span<const PartyEdge> edges_of(PartyId id) const {
    const auto at = edges_.find(id);
    return at == edges_.end() ? excerpt_.former_edges(id) : std::span<const PartyEdge>(at->second);
  }

  void write_index() {
    index_.remove(excerpt_.gone());
    PartyIds rewritten = excerpt_.changed();
    for (const auto& [id, edges] : edges_) {
      if (!std::ranges::equal(edges, excerpt_.former_edges(id))) rewritten.push_back(id);
    }
    sort_unique(rewritten);
    std::vector<IndexedParty> parties;
    parties.reserve(rewritten.size());
    for (const PartyId id : rewritten) {
      const std::span<const PartyEdge> edges = edges_of(id);
      parties.push_back({excerpt_.now(id), {edges.begin(), edges.end()}});
    }
    index_.replace(parties, excerpt_.vocabulary());
    index_.replace(excerpt_.changed_blocks());
  }

  void note_decisions(std::span<const Decision> decisions) {
    for (const Decision& decision : decisions) {
      if (decision.kind != Decision::Kind::always_together) continue;
      together_.emplace(decision.party_a, decision.party_b);
      together_.emplace(decision.party_b, decision.party_a);
    }
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
      for (const PartyId id : frontier) {
        for (const PartyEdge& edge : edges_of(id)) {
          if (edge.score >= policy_.link_score) next.push_back(edge.other);
        }
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
    append(seeds, PartyIds(affected_.begin(), affected_.end()));
    append(seeds, companions(excerpt_.gone()));
    append(seeds, former_neighbours(policy_.link_score));
    sort_unique(seeds);
    std::unordered_set<PartyId> reached;
    reach(std::move(seeds), companions, reached);
    const std::unordered_set<PartyId> touched = reached;
    PartyIds uncertain;
    for (const PartyId id : touched) {
      for (const PartyEdge& edge : edges_of(id)) uncertain.push_back(edge.other);
    }
    sort_unique(uncertain);
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
    load_values_of(ids);
    matching.clustering = cluster(result.signatures, matching.edges, decisions, policy_,
                                  excerpt_.context(), weights_);
    matching.review = find_review_pairs(result.signatures, matching.edges, matching.clustering,
                                        decisions, policy_, excerpt_.context());
    std::erase_if(matching.review, [&](const ReviewPair& pair) {
      return !result.is_touched[pair.a] && !result.is_touched[pair.b];
    });
    matching.crowded = crowded_;
    return result;
  }

  // With the places of the parties, which are ascending, as indices.
  std::vector<Edge> edges_among(const PartyIds& ids) const {
    std::vector<Edge> edges;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      for (const PartyEdge& edge : edges_of(ids[i])) {
        const auto at = std::ranges::lower_bound(ids, edge.other);
        if (edge.other < ids[i] || at == ids.end() || *at != edge.other) continue;
        edges.push_back({static_cast<std::uint32_t>(i),
                         static_cast<std::uint32_t>(at - ids.begin()), edge.score,
                         edge.is_corroborated});
      }
    }
    return edges;
  }

  // Clustering compares any two of a component: how many customers have their values must be known.
  void load_values_of(const PartyIds& ids) {
    std::vector<BlockKey> values;
    for (const PartyId id : ids) {
      std::ranges::copy_if(excerpt_.keys().of(excerpt_.now(id)), std::back_inserter(values),
                           [](BlockKey key) { return is_value_pass(pass_of(key)); });
    }
    excerpt_.load_blocks(std::move(values));
  }

  MatchIndex& index_;
  const MatchPolicy& policy_;
  const MatchWeights weights_;
  IndexExcerpt excerpt_;

  std::unordered_set<PartyId> affected_;  // none that is gone
  std::vector<std::pair<PartyId, PartyId>> pairs_;
  std::unordered_map<PartyId, std::vector<PartyEdge>> edges_;  // of those whose edges may differ
  std::unordered_multimap<PartyId, PartyId> together_;         // by decision
  CrowdedCounts crowded_{};
};

}  // namespace

TouchedParties match_changes(MatchIndex& index, PartyChanges changes, Vocabulary& vocabulary,
                             std::span<const Decision> decisions, const Companions& companions,
                             const MatchPolicy& policy, const MatchModel& model) {
  return IncrementalMatcher(index, vocabulary, policy, model)
      .match(std::move(changes), decisions, companions);
}

}  // namespace cdh
