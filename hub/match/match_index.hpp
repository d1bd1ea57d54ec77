// What matching keeps between nights, so that new and changed parties meet those they have a key in
// common with, and nobody else is looked at: who holds which key, and of each party its signature
// and its edges. Parties go by their ids (PartyIdentity::id).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hub/match/blocking.hpp"
#include "hub/match/signature.hpp"
#include "hub/match/vocabulary.hpp"

namespace cdh {

// What an Error(store) says where the index cannot be read, or contradicts itself.
inline constexpr const char* kDamagedIndex =
    "the store's index of matching is damaged; `cdh run --full` writes it anew";

// A key with its holders. Finer keys are here as long as the key they refine is crowded.
struct KeyBlock {
  BlockKey key = 0;
  std::vector<std::int64_t> holders;  // ascending
  std::uint16_t customers = 1;        // of a value pass: as SharedValues has it
  friend bool operator==(const KeyBlock&, const KeyBlock&) = default;
};

// The other end of an Edge.
struct PartyEdge {
  std::int64_t other = 0;
  float score = 0;
  bool is_corroborated = false;
  friend bool operator==(const PartyEdge&, const PartyEdge&) = default;
};

struct IndexedParty {
  Signature signature;
  std::vector<PartyEdge> edges;  // ascending by the other end
};

class MatchIndex {
 public:
  virtual ~MatchIndex() = default;

  // Those of these keys, ascending, that anybody holds; ascending.
  virtual std::vector<KeyBlock> blocks(std::span<const BlockKey> keys) = 0;
  // Those of these parties, ascending, that are there; ascending.
  virtual std::vector<IndexedParty> parties(std::span<const std::int64_t> ids,
                                            Vocabulary& vocabulary) = 0;

  // Ascending by key. One without holders is taken out.
  virtual void replace(std::span<const KeyBlock> blocks) = 0;
  // Ascending by id.
  virtual void replace(std::span<const IndexedParty> parties, const Vocabulary& vocabulary) = 0;
  virtual void remove(std::span<const std::int64_t> parties) = 0;

  // To write everything anew: clear(), each block and each party, ascending, finish().
  virtual void clear() = 0;
  virtual void add(const KeyBlock& block) = 0;
  virtual void add(const Signature& signature, std::span<const PartyEdge> edges,
                   const Vocabulary& vocabulary) = 0;
  virtual void finish() = 0;
};

}  // namespace cdh
