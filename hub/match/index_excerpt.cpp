#include "hub/match/index_excerpt.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "hub/base/error.hpp"

namespace cdh {

void sort_unique(PartyIds& ids) {
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

IndexExcerpt::IndexExcerpt(MatchIndex& index, Vocabulary& vocabulary, const ValueCounts& counts,
                           const MatchPolicy& policy)
    : index_(index),
      vocabulary_(vocabulary),
      policy_(policy),
      frequencies_(vocabulary, counts),
      keys_(vocabulary, frequencies_),
      context_{vocabulary, counts, frequencies_, shared_} {}

void IndexExcerpt::change(PartyIds gone, std::vector<Signature> present) {
  gone_ = std::move(gone);
  sort_unique(gone_);
  present_ = std::move(present);
  PartyIds indexed = gone_;
  for (const Signature& signature : present_) {
    const PartyId id = signature.identity.id;
    changed_.push_back(id);
    indexed.push_back(id);
    parties_[id].now = &signature;
  }
  sort_unique(changed_);
  sort_unique(indexed);
  former_parties_ = index_.parties(indexed, vocabulary_);
  for (const IndexedParty& party : former_parties_) {
    parties_[party.signature.identity.id].indexed = &party;
  }
  frequencies_.extend(context_.counts);
}

bool IndexExcerpt::is_gone(PartyId party) const { return std::ranges::binary_search(gone_, party); }

void IndexExcerpt::load(PartyIds ids) {
  std::erase_if(ids, [&](PartyId id) { return is_known(id) || is_gone(id); });
  sort_unique(ids);
  if (ids.empty()) return;
  const std::vector<IndexedParty>& loaded =
      unchanged_parties_.emplace_back(index_.parties(ids, vocabulary_));
  for (const IndexedParty& party : loaded) {
    parties_[party.signature.identity.id] = {&party.signature, &party};
  }
  frequencies_.extend(context_.counts);
}

bool IndexExcerpt::is_known(PartyId party) const {
  const auto at = parties_.find(party);
  return at != parties_.end() && at->second.now != nullptr;
}

const Signature& IndexExcerpt::now(PartyId party) const {
  const auto at = parties_.find(party);
  if (at == parties_.end() || at->second.now == nullptr) {
    throw Error(ErrorKind::store, kDamagedIndex);
  }
  return *at->second.now;
}

const Signature& IndexExcerpt::former(PartyId party) const {
  const auto at = parties_.find(party);
  const bool is_indexed = at != parties_.end() && at->second.indexed != nullptr;
  return is_indexed ? at->second.indexed->signature : now(party);
}

std::span<const PartyEdge> IndexExcerpt::former_edges(PartyId party) const {
  const auto at = parties_.find(party);
  if (at == parties_.end() || at->second.indexed == nullptr) return {};
  return at->second.indexed->edges;
}

void IndexExcerpt::keep_former(Block& block) {
  if (!block.former) block.former = std::make_unique<KeyBlock>(block.now);
}

std::vector<BlockKey> IndexExcerpt::apply(std::vector<KeyMove>& moves) {
  std::ranges::sort(moves);
  std::vector<BlockKey> keys;
  for (const KeyMove& move : moves) keys.push_back(move.key);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  load_blocks(keys);
  PartyIds leaving, arriving, staying;
  for (auto next = moves.begin(); next != moves.end();) {
    const BlockKey key = next->key;
    leaving.clear();
    arriving.clear();
    for (; next != moves.end() && next->key == key; ++next) {
      (next->arrives ? arriving : leaving).push_back(next->party);
    }
    if (leaving == arriving) continue;
    Block& block = blocks_.at(key);
    keep_former(block);
    staying.clear();
    PartyIds& holders = block.now.holders;
    std::ranges::set_difference(holders, leaving, std::back_inserter(staying));
    holders.clear();
    std::ranges::set_union(staying, arriving, std::back_inserter(holders));
  }
  return keys;
}

void IndexExcerpt::load_blocks(std::vector<BlockKey> keys) {
  std::erase_if(keys, [&](BlockKey key) { return blocks_.contains(key); });
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  blocks_.reserve(blocks_.size() + keys.size());
  for (const BlockKey key : keys) blocks_[key].now.key = key;
  for (KeyBlock& found : index_.blocks(keys)) {
    shared_.set(found.key, found.customers);
    blocks_.at(found.key).now = std::move(found);
  }
}

void IndexExcerpt::load_values_of(std::span<const PartyId> parties) {
  std::vector<BlockKey> values;
  for (const PartyId party : parties) {
    std::ranges::copy_if(keys_.of(now(party)), std::back_inserter(values),
                         [](BlockKey key) { return is_value_pass(pass_of(key)); });
  }
  load_blocks(std::move(values));
}

bool IndexExcerpt::was_too_large(BlockKey key) const {
  return cdh::is_too_large(key, blocks_.at(key).before().holders.size(), policy_.block_limit);
}

bool IndexExcerpt::is_too_large(BlockKey key) const {
  return cdh::is_too_large(key, blocks_.at(key).now.holders.size(), policy_.block_limit);
}

void IndexExcerpt::set_customers(BlockKey value, std::uint16_t customers) {
  Block& block = blocks_.at(value);
  if (block.now.customers == customers) return;
  keep_former(block);
  block.now.customers = customers;
  shared_.forget(value);
  shared_.set(value, customers);
}

std::vector<KeyBlock> IndexExcerpt::changed_blocks() const {
  std::vector<KeyBlock> changed;
  for (const auto& [key, block] : blocks_) {
    if (block.former && *block.former != block.now) changed.push_back(block.now);
  }
  std::ranges::sort(changed, {}, &KeyBlock::key);
  return changed;
}

}  // namespace cdh
