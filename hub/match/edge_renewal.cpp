#include "hub/match/edge_renewal.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <optional>

#include "hub/match/candidate_pairs.hpp"
#include "hub/match/work_sharing.hpp"

namespace cdh {

namespace {

void append(PartyIds& to, std::span<const PartyId> ids) {
  to.insert(to.end(), ids.begin(), ids.end());
}

int crowded_values(const KeyBlock& block) {
  return block.customers == SharedValues::kCrowded ? 1 : 0;
}

}  // namespace

EdgeRenewal::EdgeRenewal(IndexExcerpt& excerpt, const MatchPolicy& policy,
                         const MatchWeights& weights)
    : excerpt_(excerpt), policy_(policy), weights_(weights) {}

void EdgeRenewal::run() {
  affect(excerpt_.changed());
  count_customers(values_to_count(move_keys()));
  find_pairs();
  find_edges();
}

void EdgeRenewal::affect(std::span<const PartyId> parties) {
  for (const PartyId party : parties) {
    if (!excerpt_.is_gone(party)) affected_.insert(party);
  }
}

// Of the changed parties; returns the keys that are not finer ones, ascending.
std::vector<BlockKey> EdgeRenewal::move_keys() {
  std::vector<KeyMove> moves;
  for (const auto& [signature, edges] : excerpt_.former_parties()) {
    const PartyId id = signature.identity.id;
    for (const BlockKey key : excerpt_.keys().of(signature)) moves.push_back({key, false, id});
  }
  for (const PartyId id : excerpt_.changed()) {
    for (const BlockKey key : excerpt_.keys().of(excerpt_.now(id))) {
      moves.push_back({key, true, id});
    }
  }
  std::vector<BlockKey> keys = excerpt_.apply(moves);
  affect_equals(keys);
  affect_holders_of_turned(keys);
  std::vector<KeyMove> finer = finer_moves(moves);
  affect_holders_of_turned(excerpt_.apply(finer));
  return keys;
}

// The finer keys are those of blocks that are too large: of such a block all holders come to hold
// them when it becomes so, and leave them when it is not any more. `moves` are sorted.
std::vector<KeyMove> EdgeRenewal::finer_moves(std::span<const KeyMove> moves) {
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
    if (was) add(key, is ? leaving : block.before().holders, false);
    if (is) add(key, was ? arriving : block.now.holders, true);
  }
  return finer;
}

// Finds the pairs of these with each other, who are there and ascending.
void EdgeRenewal::let_meet(const PartyIds& holders) {
  for (auto one = holders.begin(); one != holders.end(); ++one) {
    for (auto other = std::next(one); other != holders.end(); ++other) {
      pairs_.emplace_back(*one, *other);
    }
  }
  met_.insert(holders.begin(), holders.end());
}

// Of the blocks that became too large, or are not any more.
void EdgeRenewal::affect_holders_of_turned(std::span<const BlockKey> keys) {
  std::vector<BlockKey> turned;
  PartyIds holders;
  for (const BlockKey key : keys) {
    if (pass_of(key) == BlockingPass::equal) continue;  // affect_equals() does it
    if (excerpt_.was_too_large(key) == excerpt_.is_too_large(key)) continue;
    turned.push_back(key);
    append(holders, excerpt_.block(key).before().holders);
    append(holders, excerpt_.block(key).now.holders);
  }
  excerpt_.load(std::move(holders));
  for (const BlockKey key : turned) {
    const IndexExcerpt::Block& block = excerpt_.block(key);
    if (excerpt_.is_too_large(key)) {
      affect_apart(block.before().holders);
    } else if (is_compared(key, block.now.holders.size(), policy_)) {
      let_meet(block.now.holders);
    }
  }
}

// Those of these who had an edge to another, whom they may not meet any more.
void EdgeRenewal::affect_apart(const PartyIds& holders) {
  PartyIds apart;
  std::ranges::copy_if(holders, std::back_inserter(apart), [&](PartyId id) {
    return std::ranges::any_of(excerpt_.former_edges(id), [&](const PartyEdge& edge) {
      return std::ranges::binary_search(holders, edge.other);
    });
  });
  affect(apart);
}

// Of the equal, whoever comes or goes makes others meet.
void EdgeRenewal::affect_equals(std::span<const BlockKey> keys) {
  if (!holds_equals_together(policy_)) return;
  PartyIds holders;
  for (const BlockKey key : keys) {
    if (pass_of(key) != BlockingPass::equal) continue;
    const IndexExcerpt::Block& block = excerpt_.block(key);
    const bool was = excerpt_.was_too_large(key), is = excerpt_.is_too_large(key);
    crowded_[static_cast<std::size_t>(BlockingPass::equal)] += (is ? 1 : 0) - (was ? 1 : 0);
    if (block.before().holders == block.now.holders) continue;
    if (!was) append(holders, block.before().holders);
    if (!is) append(holders, block.now.holders);
  }
  affect(holders);
  excerpt_.load(std::move(holders));
}

// Another number of customers can have a value when its holders are others, or one of them is called
// otherwise.
std::vector<BlockKey> EdgeRenewal::values_to_count(std::span<const BlockKey> moved) {
  std::vector<BlockKey> of_renamed;
  WordLikeness likeness(excerpt_.vocabulary(), excerpt_.context().counts);
  for (const PartyId id : excerpt_.changed()) {
    if (is_counted_alike(likeness, excerpt_.former(id), excerpt_.now(id))) continue;
    const std::span<const BlockKey> own = excerpt_.keys().of(excerpt_.now(id));
    of_renamed.insert(of_renamed.end(), own.begin(), own.end());
  }
  std::ranges::sort(of_renamed);
  std::vector<BlockKey> values;
  std::ranges::copy_if(moved, std::back_inserter(values), [&](BlockKey key) {
    if (!is_value_pass(pass_of(key))) return false;
    const IndexExcerpt::Block& block = excerpt_.block(key);
    return block.before().holders != block.now.holders ||
           std::ranges::binary_search(of_renamed, key);
  });
  return values;
}

std::uint16_t EdgeRenewal::customers_of(WordLikeness& likeness, const KeyBlock& block) const {
  const std::optional<int> by_size = customers_by_size(block.key, block.holders.size(), policy_);
  if (by_size) return static_cast<std::uint16_t>(*by_size);
  std::vector<const Signature*> parties;
  for (const PartyId holder : block.holders) parties.push_back(&excerpt_.now(holder));
  return static_cast<std::uint16_t>(cdh::count_customers(likeness, parties));
}

void EdgeRenewal::count_customers(std::span<const BlockKey> values) {
  PartyIds holders;
  for (const BlockKey key : values) {
    const KeyBlock& block = excerpt_.block(key).now;
    if (!customers_by_size(key, block.holders.size(), policy_)) append(holders, block.holders);
  }
  excerpt_.load(std::move(holders));
  WordLikeness likeness(excerpt_.vocabulary(), excerpt_.context().counts);
  for (const BlockKey key : values) {
    const IndexExcerpt::Block& block = excerpt_.block(key);
    excerpt_.set_customers(key, customers_of(likeness, block.now));
    crowded_[static_cast<std::size_t>(pass_of(key))] +=
        crowded_values(block.now) - crowded_values(block.before());
    if (block.now.customers != block.before().customers) weigh_anew(block.now);
  }
  excerpt_.load(renewed());
  excerpt_.load_values_of(PartyIds(met_.begin(), met_.end()));
}

// How many customers have a value counts only where both have it. Where its holders are compared with
// each other, they are all the pairs that it can weigh in; elsewhere other keys bring them together.
void EdgeRenewal::weigh_anew(const KeyBlock& value) {
  if (is_compared(value.key, value.holders.size(), policy_)) {
    let_meet(value.holders);
    return;
  }
  for (const PartyId holder : value.holders) values_to_weigh_[holder].push_back(value.key);
  met_.insert(value.holders.begin(), value.holders.end());
}

bool EdgeRenewal::have_value_to_weigh(PartyId a, PartyId b) const {
  const auto of_a = values_to_weigh_.find(a), of_b = values_to_weigh_.find(b);
  if (of_a == values_to_weigh_.end() || of_b == values_to_weigh_.end()) return false;
  return std::ranges::find_first_of(of_a->second, of_b->second) != of_a->second.end();
}

// The keys, with the finer ones, of each of these; their blocks are known then.
std::unordered_map<PartyId, std::vector<BlockKey>> EdgeRenewal::keys_of(
    std::span<const PartyId> parties) {
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

// Finds the pairs of affected parties, and those in which a recounted value weighs, beside those that
// are there, and loads whom they bring in.
void EdgeRenewal::find_pairs() {
  PartyIds parties(affected_.begin(), affected_.end());
  for (const auto& [id, values] : values_to_weigh_) parties.push_back(id);
  sort_unique(parties);
  PartyIds met;
  std::vector<BlockKey> of_equals;
  for (const auto& [id, keys] : keys_of(parties)) {
    const bool is_affected = affected_.contains(id);
    for (const BlockKey key : keys) {
      const PartyIds& holders = excerpt_.block(key).now.holders;
      if (!is_compared(key, holders.size(), policy_)) continue;
      if (pass_of(key) == BlockingPass::equal) {
        if (holders.size() > 1) of_equals.push_back(key);
        continue;
      }
      for (const PartyId other : holders) {
        const bool is_other_affected = affected_.contains(other);
        if (is_affected == is_other_affected && other <= id)
          continue;  // once, from the smaller end
        if (is_affected) {
          pairs_.push_back(std::minmax(id, other));
          if (!is_other_affected) met.push_back(other);
        } else if (!is_other_affected && have_value_to_weigh(id, other)) {
          pairs_.emplace_back(id, other);
        }
      }
    }
  }
  find_pairs_of_equals(std::move(of_equals), met);
  sort_unique(met);
  std::ranges::sort(pairs_);
  pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
  excerpt_.load(std::move(met));
}

// `keys` are of blocks that such parties are in. Adds to `met` who is not affected.
void EdgeRenewal::find_pairs_of_equals(std::vector<BlockKey> keys, PartyIds& met) {
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  PartyIds all;
  for (const BlockKey key : keys) append(all, excerpt_.block(key).now.holders);
  excerpt_.load(std::move(all));
  std::vector<const Signature*> parties;
  for (const BlockKey key : keys) {
    const PartyIds& holders = excerpt_.block(key).now.holders;
    parties.clear();
    for (const PartyId holder : holders) parties.push_back(&excerpt_.now(holder));
    for (const auto& [i, j] : pairs_of_equals(parties, policy_)) {
      const PartyId a = holders[i], b = holders[j];
      const bool is_a = affected_.contains(a), is_b = affected_.contains(b);
      if (!is_a && !is_b && !have_value_to_weigh(a, b)) continue;
      pairs_.push_back(std::minmax(a, b));
      if (!is_a) met.push_back(a);
      if (!is_b) met.push_back(b);
    }
  }
}

void EdgeRenewal::find_edges() {
  struct Found {
    PartyId a = 0, b = 0;
    PairScore pair;
  };
  const std::vector<Found> found = gather<Found>(
      pairs_.size(), [&] { return PairScorer(excerpt_.context(), weights_, policy_.review_score); },
      [&](PairScorer& scorer, std::size_t i, std::vector<Found>& edges) {
        const auto& [a, b] = pairs_[i];
        const std::optional<PairScore> pair = scorer.score(excerpt_.now(a), excerpt_.now(b));
        if (pair) edges.push_back({a, b, *pair});
      });
  PartyIds ends = former_neighbours(std::numeric_limits<double>::lowest());
  append(ends, renewed());
  for (const Found& edge : found) append(ends, std::array{edge.a, edge.b});
  sort_unique(ends);
  excerpt_.load(ends);
  for (const PartyId id : affected_) edges_[id];
  for (const PartyId end : ends) {
    if (excerpt_.is_gone(end) || affected_.contains(end)) continue;
    std::vector<PartyEdge>& edges = edges_[end];
    std::ranges::copy_if(excerpt_.former_edges(end), std::back_inserter(edges),
                         [&](const PartyEdge& edge) {
                           return !excerpt_.is_gone(edge.other) && !is_found_anew(end, edge);
                         });
  }
  for (const auto& [a, b, pair] : found) {
    const auto score = static_cast<float>(pair.score);
    edges_.at(a).push_back({b, score, pair.is_corroborated});
    edges_.at(b).push_back({a, score, pair.is_corroborated});
  }
  for (auto& [id, edges] : edges_) std::ranges::sort(edges, {}, &PartyEdge::other);
}

// Of an end that is not affected.
bool EdgeRenewal::is_found_anew(PartyId end, const PartyEdge& edge) const {
  if (affected_.contains(edge.other)) return true;
  const std::pair<PartyId, PartyId> pair = std::minmax(end, edge.other);
  return met_.contains(end) && std::ranges::binary_search(pairs_, pair);
}

PartyIds EdgeRenewal::renewed() const {
  PartyIds parties(affected_.begin(), affected_.end());
  append(parties, PartyIds(met_.begin(), met_.end()));
  sort_unique(parties);
  return parties;
}

PartyIds EdgeRenewal::former_neighbours(double least_score) const {
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

std::span<const PartyEdge> EdgeRenewal::edges_of(PartyId id) const {
  const auto at = edges_.find(id);
  return at == edges_.end() ? excerpt_.former_edges(id) : std::span<const PartyEdge>(at->second);
}

void EdgeRenewal::write(MatchIndex& index) const {
  index.remove(excerpt_.gone());
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
  index.replace(parties, excerpt_.vocabulary());
  index.replace(excerpt_.changed_blocks());
}

}  // namespace cdh
