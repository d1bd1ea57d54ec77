#include "hub/match/incremental_matching.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "hub/match/review_pairs.hpp"
#include "hub/match/shared_values.hpp"
#include "hub/match/work_sharing.hpp"

namespace cdh {

namespace {

using PartyId = std::int64_t;
using Ids = std::vector<PartyId>;

void sort_unique(Ids& ids) {
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

void append(Ids& to, std::span<const PartyId> ids) { to.insert(to.end(), ids.begin(), ids.end()); }

// A party comes to hold a key, or leaves it.
struct Move {
  BlockKey key = 0;
  bool arrives = false;  // whoever leaves goes first
  PartyId party = 0;
  friend auto operator<=>(const Move&, const Move&) = default;
};

// A block as the index has it, and as it is to be.
struct ChangingBlock {
  KeyBlock before, after;
};

class IncrementalMatcher {
 public:
  IncrementalMatcher(MatchIndex& index, Vocabulary& vocabulary, const MatchPolicy& policy,
                     const MatchModel& model)
      : index_(index),
        vocabulary_(vocabulary),
        policy_(policy),
        frequencies_(vocabulary, model.counts),
        keys_(vocabulary, frequencies_),
        context_{vocabulary, model.counts, frequencies_, shared_},
        weights_(model) {}

  TouchedParties match(PartyChanges changes, std::span<const Decision> decisions,
                       const Companions& companions) {
    take_in(std::move(changes));
    move_keys();
    count_customers_anew();
    meet_affected();
    find_edges_of_affected();
    write_index();
    return cluster_touched(decisions, companions);
  }

 private:
  // --- parties

  void take_in(PartyChanges changes) {
    gone_ = std::move(changes.gone);
    others_ = std::move(changes.others);
    sort_unique(gone_);
    Ids indexed = gone_;
    for (Signature& signature : changes.present) {
      const PartyId id = signature.identity.id;
      changed_.push_back(id);
      indexed.push_back(id);
      now_.emplace(id, std::move(signature));
    }
    sort_unique(changed_);
    sort_unique(indexed);
    for (IndexedParty& party : index_.parties(indexed, vocabulary_)) {
      const PartyId id = party.signature.identity.id;
      former_edges_.emplace(id, std::move(party.edges));
      former_.emplace(id, std::move(party.signature));
    }
    affected_.insert(changed_.begin(), changed_.end());
  }

  // Afterwards all of these are known, but for those that are gone.
  void load(Ids ids) {
    sort_unique(ids);
    std::erase_if(ids, [&](PartyId id) {
      return now_.contains(id) || std::ranges::binary_search(gone_, id);
    });
    if (ids.empty()) return;
    for (IndexedParty& party : index_.parties(ids, vocabulary_)) {
      const PartyId id = party.signature.identity.id;
      former_edges_.emplace(id, std::move(party.edges));
      now_.emplace(id, std::move(party.signature));
    }
    frequencies_.extend(context_.counts);
  }

  // The party as the index has it.
  const Signature& former(PartyId id) const {
    const auto at = former_.find(id);
    return at == former_.end() ? now_.at(id) : at->second;
  }

  std::span<const PartyEdge> former_edges(PartyId id) const {
    const auto at = former_edges_.find(id);
    return at == former_edges_.end() ? std::span<const PartyEdge>() : at->second;
  }

  bool is_gone_or_affected(PartyId id) const {
    return affected_.contains(id) || std::ranges::binary_search(gone_, id);
  }

  // --- blocks

  bool is_crowded(BlockKey key, const KeyBlock& block) const {
    return is_too_large(key, block.holders.size(), policy_.block_limit);
  }

  void load_blocks(std::vector<BlockKey> keys) {
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    std::erase_if(keys, [&](BlockKey key) { return blocks_.contains(key); });
    for (const BlockKey key : keys) blocks_[key].before.key = key;
    for (KeyBlock& block : index_.blocks(keys)) {
      ChangingBlock& loaded = blocks_[block.key];
      loaded.before = std::move(block);
    }
    for (const BlockKey key : keys) {
      ChangingBlock& loaded = blocks_[key];
      loaded.after = loaded.before;
    }
  }

  // Blocks of value passes that nothing moves in say how many customers there are already.
  void note_customers(std::span<const BlockKey> keys) {
    for (const BlockKey key : keys) {
      if (!is_value_pass(pass_of(key))) continue;
      shared_.set(key, blocks_.at(key).after.customers);
    }
  }

  // The keys that are moved on.
  std::vector<BlockKey> apply(std::vector<Move>& moves) {
    std::ranges::sort(moves);
    std::vector<BlockKey> keys;
    for (const Move& move : moves) keys.push_back(move.key);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    load_blocks(keys);
    for (const Move& move : moves) {
      Ids& holders = blocks_.at(move.key).after.holders;
      const auto at = std::ranges::lower_bound(holders, move.party);
      const bool is_there = at != holders.end() && *at == move.party;
      if (move.arrives && !is_there) holders.insert(at, move.party);
      if (!move.arrives && is_there) holders.erase(at);
    }
    return keys;
  }

  void add_moves(BlockKey key, std::span<const PartyId> parties, bool arrives,
                 std::vector<Move>& finer) {
    for (const PartyId party : parties) {
      const Signature& signature = arrives ? now_.at(party) : former(party);
      for (const BlockKey fine : keys_.finer(signature, key)) {
        finer.push_back({fine, arrives, party});
      }
    }
  }

  void move_keys() {
    frequencies_.extend(context_.counts);
    std::vector<Move> moves;
    for (const auto& [id, signature] : former_) {
      for (const BlockKey key : keys_.of(signature)) moves.push_back({key, false, id});
    }
    for (const PartyId id : changed_) {
      for (const BlockKey key : keys_.of(now_.at(id))) moves.push_back({key, true, id});
    }
    moved_keys_ = apply(moves);
    load(holders_of_turned(moved_keys_));

    std::vector<Move> finer;
    for (std::size_t i = 0; i < moves.size();) {
      const BlockKey key = moves[i].key;
      const ChangingBlock& block = blocks_.at(key);
      const bool was = is_crowded(key, block.before), is = is_crowded(key, block.after);
      Ids leaving, arriving;
      for (; i < moves.size() && moves[i].key == key; ++i) {
        (moves[i].arrives ? arriving : leaving).push_back(moves[i].party);
      }
      if (was) add_moves(key, is ? leaving : block.before.holders, false, finer);
      if (is) add_moves(key, was ? arriving : block.after.holders, true, finer);
    }
    const std::vector<BlockKey> finer_keys = apply(finer);
    load(holders_of_turned(finer_keys));
  }

  // The holders of the blocks that became too large, or are not any more: all of them are affected.
  Ids holders_of_turned(std::span<const BlockKey> keys) {
    Ids holders;
    for (const BlockKey key : keys) {
      const ChangingBlock& block = blocks_.at(key);
      if (is_crowded(key, block.before) == is_crowded(key, block.after)) continue;
      append(holders, block.before.holders);
      append(holders, block.after.holders);
    }
    affect(holders);
    return holders;
  }

  void affect(std::span<const PartyId> parties) {
    for (const PartyId party : parties) {
      if (!std::ranges::binary_search(gone_, party)) affected_.insert(party);
    }
  }

  // --- values

  void count_customers_anew() {
    std::vector<BlockKey> values;
    std::ranges::copy_if(moved_keys_, std::back_inserter(values),
                         [](BlockKey key) { return is_value_pass(pass_of(key)); });
    const auto is_counted = [&](const KeyBlock& block) {
      return block.holders.size() >= 2 && std::ssize(block.holders) <= policy_.max_holders;
    };
    Ids holders;
    for (const BlockKey key : values) {
      const KeyBlock& block = blocks_.at(key).after;
      if (is_counted(block)) append(holders, block.holders);
    }
    load(std::move(holders));

    WordLikeness likeness(vocabulary_);
    std::vector<const Signature*> parties;
    for (const BlockKey key : values) {
      ChangingBlock& block = blocks_.at(key);
      block.after.customers = 1;
      if (std::ssize(block.after.holders) > policy_.max_holders) {
        block.after.customers = SharedValues::kCrowded;
      } else if (is_counted(block.after)) {
        parties.clear();
        for (const PartyId holder : block.after.holders) parties.push_back(&now_.at(holder));
        block.after.customers = static_cast<std::uint8_t>(count_customers(likeness, parties));
      }
      count_crowded(key, block);
      if (block.after.customers != block.before.customers) affect(block.after.holders);
    }
    note_customers(values);
    load({affected_.begin(), affected_.end()});
  }

  void count_crowded(BlockKey key, const ChangingBlock& block) {
    const auto crowded = [](const KeyBlock& state) {
      return state.customers == SharedValues::kCrowded ? 1 : 0;
    };
    newly_crowded_[static_cast<std::size_t>(pass_of(key))] +=
        crowded(block.after) - crowded(block.before);
  }

  // --- pairs

  // Loads the blocks of these parties, coarse and finer, and returns what they hold of either.
  std::unordered_map<PartyId, std::vector<BlockKey>> keys_of(std::span<const PartyId> parties) {
    std::unordered_map<PartyId, std::vector<BlockKey>> held;
    std::vector<BlockKey> keys;
    for (const PartyId id : parties) {
      const std::span<const BlockKey> own = keys_.of(now_.at(id));
      held[id].assign(own.begin(), own.end());
      keys.insert(keys.end(), own.begin(), own.end());
    }
    load_blocks(keys);
    note_customers(keys);
    keys.clear();
    for (const PartyId id : parties) {
      std::vector<BlockKey>& own = held[id];
      const std::size_t coarse = own.size();
      for (std::size_t i = 0; i < coarse; ++i) {
        if (!is_crowded(own[i], blocks_.at(own[i]).after)) continue;
        const std::span<const BlockKey> finer = keys_.finer(now_.at(id), own[i]);
        own.insert(own.end(), finer.begin(), finer.end());
        keys.insert(keys.end(), finer.begin(), finer.end());
      }
    }
    load_blocks(std::move(keys));
    return held;
  }

  // The pairs of affected parties, each once, and whom they bring in.
  void meet_affected() {
    const Ids affected(affected_.begin(), affected_.end());
    Ids met;
    for (const auto& [id, keys] : keys_of(affected)) {
      for (const BlockKey key : keys) {
        const KeyBlock& block = blocks_.at(key).after;
        if (is_crowded(key, block)) continue;
        for (const PartyId other : block.holders) {
          if (other == id) continue;
          pairs_.push_back(std::minmax(id, other));
          met.push_back(other);
        }
      }
    }
    std::ranges::sort(pairs_);
    pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
    load(std::move(met));
  }

  void find_edges_of_affected() {
    struct Found {
      PartyId a = 0, b = 0;
      PairScore score;
    };
    const std::vector<Found> found = gather<Found>(
        pairs_.size(), [&] { return Comparer(context_); },
        [&](Comparer& comparer, std::size_t i, std::vector<Found>& edges) {
          const auto& [a, b] = pairs_[i];
          const Signature& left = now_.at(a);
          const Comparison comparison = comparer.compare(left, now_.at(b));
          const PairScore score = score_pair(weights_, left.kind, comparison);
          if (score.score >= policy_.review_score) edges.push_back({a, b, score});
        });
    Ids ends;
    for (const PartyId id : affected_) edges_[id];
    for (const Ids& leaving : {Ids(affected_.begin(), affected_.end()), gone_}) {
      for (const PartyId id : leaving) {
        for (const PartyEdge& edge : former_edges(id)) ends.push_back(edge.other);
      }
    }
    for (const Found& edge : found) append(ends, std::array{edge.a, edge.b});
    load(ends);
    for (const PartyId end : ends) {
      if (!now_.contains(end) || edges_.contains(end)) continue;
      for (const PartyEdge& edge : former_edges(end)) {
        if (!is_gone_or_affected(edge.other)) edges_[end].push_back(edge);
      }
      edges_[end];
    }
    for (const auto& [a, b, pair] : found) {
      const auto score = static_cast<float>(pair.score);
      edges_.at(a).push_back({b, score, pair.is_corroborated});
      edges_.at(b).push_back({a, score, pair.is_corroborated});
    }
    for (auto& [id, edges] : edges_) std::ranges::sort(edges, {}, &PartyEdge::other);
  }

  std::span<const PartyEdge> edges_of(PartyId id) const {
    const auto at = edges_.find(id);
    return at == edges_.end() ? former_edges(id) : std::span<const PartyEdge>(at->second);
  }

  void write_index() {
    index_.remove(gone_);
    Ids rewritten = changed_;
    for (const auto& [id, edges] : edges_) {
      if (!std::ranges::equal(edges, former_edges(id))) rewritten.push_back(id);
    }
    sort_unique(rewritten);
    std::vector<IndexedParty> parties;
    parties.reserve(rewritten.size());
    for (const PartyId id : rewritten) {
      const std::span<const PartyEdge> edges = edges_of(id);
      parties.push_back({now_.at(id), {edges.begin(), edges.end()}});
    }
    index_.replace(parties, vocabulary_);
    std::vector<KeyBlock> blocks;
    for (const auto& [key, block] : blocks_) {
      if (block.before != block.after) blocks.push_back(block.after);
    }
    std::ranges::sort(blocks, {}, &KeyBlock::key);
    index_.replace(blocks);
  }

  // --- clusters

  // Adds to `reached` whoever is joined to these by edges that may link, by decisions or as
  // companions; loads them.
  void reach(Ids frontier, const Companions& companions, std::unordered_set<PartyId>& reached) {
    sort_unique(frontier);
    while (!frontier.empty()) {
      load(frontier);
      std::erase_if(frontier,
                    [&](PartyId id) { return !now_.contains(id) || !reached.insert(id).second; });
      Ids next = companions(frontier);
      for (const PartyId id : frontier) {
        for (const PartyEdge& edge : edges_of(id)) {
          if (edge.score >= policy_.link_score) next.push_back(edge.other);
        }
        const auto [begin, end] = together_.equal_range(id);
        for (auto at = begin; at != end; ++at) next.push_back(at->second);
      }
      sort_unique(next);
      std::erase_if(next, [&](PartyId id) { return reached.contains(id); });
      frontier = std::move(next);
    }
  }

  TouchedParties cluster_touched(std::span<const Decision> decisions,
                                 const Companions& companions) {
    for (const Decision& decision : decisions) {
      if (decision.kind != Decision::Kind::always_together) continue;
      together_.emplace(decision.party_a, decision.party_b);
      together_.emplace(decision.party_b, decision.party_a);
    }
    Ids seeds(affected_.begin(), affected_.end());
    append(seeds, others_);
    append(seeds, companions(gone_));
    for (const Ids& parties : {Ids(seeds), gone_}) {
      for (const PartyId id : parties) {
        for (const PartyEdge& edge : former_edges(id)) {
          if (edge.score >= policy_.link_score) seeds.push_back(edge.other);
        }
      }
    }
    std::unordered_set<PartyId> reached;
    reach(std::move(seeds), companions, reached);
    const std::unordered_set<PartyId> touched = reached;
    Ids uncertain;
    for (const PartyId id : touched) {
      for (const PartyEdge& edge : edges_of(id)) uncertain.push_back(edge.other);
    }
    reach(std::move(uncertain), companions, reached);

    Ids ids(reached.begin(), reached.end());
    std::ranges::sort(ids);
    std::vector<BlockKey> values;
    for (const PartyId id : ids) {
      std::ranges::copy_if(keys_.of(now_.at(id)), std::back_inserter(values),
                           [](BlockKey key) { return is_value_pass(pass_of(key)); });
    }
    load_blocks(values);
    note_customers(values);

    TouchedParties result;
    std::unordered_map<PartyId, std::uint32_t> place;
    for (const PartyId id : ids) {
      place.emplace(id, static_cast<std::uint32_t>(result.signatures.size()));
      result.is_touched.push_back(touched.contains(id));
      result.signatures.push_back(now_.at(id));
    }
    std::vector<Edge>& edges = result.matching.edges;
    for (const PartyId id : ids) {
      for (const PartyEdge& edge : edges_of(id)) {
        const auto other = place.find(edge.other);
        if (edge.other < id || other == place.end()) continue;
        edges.push_back({place.at(id), other->second, edge.score, edge.is_corroborated});
      }
    }
    result.matching.clustering =
        cluster(result.signatures, edges, decisions, policy_, context_, weights_);
    result.matching.review = find_review_pairs(result.signatures, edges, result.matching.clustering,
                                               decisions, policy_, context_);
    std::erase_if(result.matching.review, [&](const ReviewPair& pair) {
      return !result.is_touched[pair.a] && !result.is_touched[pair.b];
    });
    result.matching.crowded = newly_crowded_;
    return result;
  }

  MatchIndex& index_;
  Vocabulary& vocabulary_;
  const MatchPolicy& policy_;
  WordFrequencies frequencies_;
  BlockKeys keys_;
  SharedValues shared_;
  const MatchContext context_;
  const MatchWeights weights_;

  Ids gone_, changed_, others_;  // ascending, but for the last
  std::unordered_map<PartyId, Signature> now_, former_;
  std::unordered_map<PartyId, std::vector<PartyEdge>> former_edges_, edges_;
  std::unordered_set<PartyId> affected_;
  std::unordered_map<BlockKey, ChangingBlock> blocks_;
  std::vector<BlockKey> moved_keys_;  // not finer ones
  CrowdedCounts newly_crowded_{};
  std::vector<std::pair<PartyId, PartyId>> pairs_;
  std::unordered_multimap<PartyId, PartyId> together_;
};

}  // namespace

TouchedParties match_changes(MatchIndex& index, PartyChanges changes, Vocabulary& vocabulary,
                             std::span<const Decision> decisions, const Companions& companions,
                             const MatchPolicy& policy, const MatchModel& model) {
  return IncrementalMatcher(index, vocabulary, policy, model)
      .match(std::move(changes), decisions, companions);
}

}  // namespace cdh
