// The part of the index of matching that a night works on: the parties and blocks that it has
// looked at, as the index has them and as they are to be.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "hub/match/blocking.hpp"
#include "hub/match/comparison.hpp"
#include "hub/match/match_index.hpp"
#include "hub/match/shared_values.hpp"
#include "hub/match/value_counts.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

using PartyId = std::int64_t;  // PartyIdentity::id
using PartyIds = std::vector<PartyId>;

void sort_unique(PartyIds& ids);

// A party comes to hold a key, or leaves it.
struct KeyMove {
  BlockKey key = 0;
  bool arrives = false;  // whoever leaves goes first
  PartyId party = 0;
  friend auto operator<=>(const KeyMove&, const KeyMove&) = default;
};

class IndexExcerpt {
 public:
  struct Block {
    KeyBlock now;
    std::unique_ptr<KeyBlock> former;  // none: it has not changed

    const KeyBlock& before() const { return former ? *former : now; }
  };

  // All of these outlive it.
  IndexExcerpt(MatchIndex& index, Vocabulary& vocabulary, const ValueCounts& counts,
               const MatchPolicy& policy);

  // First: the parties that are there no more, and those that are new or differ.
  void change(PartyIds gone, std::vector<Signature> present);
  const PartyIds& gone() const { return gone_; }        // ascending
  const PartyIds& changed() const { return changed_; }  // ascending: the others
  bool is_gone(PartyId party) const;

  // Afterwards all of these that are there are known.
  void load(PartyIds ids);
  bool is_known(PartyId party) const;
  // These two throw Error(store) where the index names a party that it does not have.
  const Signature& now(PartyId party) const;
  // As the index has it; one that has not changed is as it was.
  const Signature& former(PartyId party) const;
  std::span<const PartyEdge> former_edges(PartyId party) const;
  // Changed and gone parties, of those that the index has, as it has them; ascending.
  const std::vector<IndexedParty>& former_parties() const { return former_parties_; }

  // Moves the parties. Sorts the moves, and returns their keys, ascending.
  std::vector<BlockKey> apply(std::vector<KeyMove>& moves);
  // Loads the blocks of these keys, if they are not known yet, and notes how many customers have
  // the values.
  void load_blocks(std::vector<BlockKey> keys);
  const Block& block(BlockKey key) const { return blocks_.at(key); }
  // ... of the values that these have, who are known.
  void load_values_of(std::span<const PartyId> parties);
  bool was_too_large(BlockKey key) const;
  bool is_too_large(BlockKey key) const;
  // That so many customers have a value now.
  void set_customers(BlockKey value, std::uint16_t customers);
  std::vector<KeyBlock> changed_blocks() const;  // ascending

  // Of the parties that are known.
  BlockKeys& keys() { return keys_; }
  const MatchContext& context() const { return context_; }
  const Vocabulary& vocabulary() const { return vocabulary_; }

 private:
  static void keep_former(Block& block);

  struct Party {
    const Signature* now = nullptr;         // none: gone
    const IndexedParty* indexed = nullptr;  // none: new
  };

  MatchIndex& index_;
  Vocabulary& vocabulary_;
  const MatchPolicy& policy_;
  WordFrequencies frequencies_;
  BlockKeys keys_;
  SharedValues shared_;
  const MatchContext context_;

  PartyIds gone_, changed_;
  std::vector<Signature> present_;
  std::vector<IndexedParty> former_parties_;
  std::deque<std::vector<IndexedParty>> unchanged_parties_;  // a load() each
  std::unordered_map<PartyId, Party> parties_;               // of these three
  std::unordered_map<BlockKey, Block> blocks_;
};

}  // namespace cdh
