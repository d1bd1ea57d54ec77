#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "hub/match/match_index.hpp"
#include "hub/match/signature_code.hpp"

namespace cdh {

// The index of matching in memory, signatures as the bytes that the store has.
class MemoryIndex final : public MatchIndex {
 public:
  std::vector<KeyBlock> blocks(std::span<const BlockKey> keys) override {
    std::vector<KeyBlock> found;
    for (const BlockKey key : keys) {
      if (const auto at = blocks_.find(key); at != blocks_.end()) found.push_back(at->second);
    }
    return found;
  }
  std::vector<IndexedParty> parties(std::span<const std::int64_t> ids,
                                    Vocabulary& vocabulary) override {
    std::vector<IndexedParty> found;
    for (const std::int64_t id : ids) {
      const auto at = parties_.find(id);
      if (at == parties_.end()) continue;
      found.push_back({decode_signature(at->second.signature, id, vocabulary), at->second.edges});
    }
    return found;
  }
  void replace(std::span<const KeyBlock> blocks) override {
    for (const KeyBlock& block : blocks) {
      blocks_.erase(block.key);
      if (!block.holders.empty()) blocks_.emplace(block.key, block);
    }
  }
  void replace(std::span<const IndexedParty> parties, const Vocabulary& words) override {
    for (const IndexedParty& party : parties) add(party.signature, party.edges, words);
  }
  void remove(std::span<const std::int64_t> parties) override {
    for (const std::int64_t id : parties) parties_.erase(id);
  }
  void clear() override {
    blocks_.clear();
    parties_.clear();
  }
  void add(const KeyBlock& block) override { blocks_.emplace(block.key, block); }
  void add(const Signature& signature, std::span<const PartyEdge> edges,
           const Vocabulary& words) override {
    ByteWriter bytes;
    encode(signature, words, bytes);
    parties_.insert_or_assign(signature.identity.id,
                              Party{std::string(bytes.bytes()), {edges.begin(), edges.end()}});
  }
  void finish() override {}

  const std::map<BlockKey, KeyBlock>& all_blocks() const { return blocks_; }
  std::map<std::int64_t, std::vector<PartyEdge>> all_edges() const {
    std::map<std::int64_t, std::vector<PartyEdge>> edges;
    for (const auto& [id, party] : parties_) edges.emplace(id, party.edges);
    return edges;
  }

 private:
  struct Party {
    std::string signature;
    std::vector<PartyEdge> edges;
  };
  std::map<BlockKey, KeyBlock> blocks_;
  std::map<std::int64_t, Party> parties_;
};

}  // namespace cdh
