// The index of matching in the store: its blocks in pages, so that neither many nor few of them cost
// a row each. What nights change stands by itself, before the base, for one night has changes for
// nearly every page; when there is much of it, it is moved into the base.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "hub/match/index_code.hpp"
#include "hub/match/match_index.hpp"
#include "hub/match/signature_code.hpp"
#include "hub/store/match_index_tables.hpp"

namespace cdh {

// In the caller's transaction.
class StoredMatchIndex final : public MatchIndex {
 public:
  explicit StoredMatchIndex(Database& database) : database_(database) {}

  std::vector<KeyBlock> blocks(std::span<const BlockKey> keys) override;
  std::vector<IndexedParty> parties(std::span<const std::int64_t> ids,
                                    Vocabulary& vocabulary) override;
  void replace(std::span<const KeyBlock> blocks) override;
  void replace(std::span<const IndexedParty> parties, const Vocabulary& vocabulary) override;
  void remove(std::span<const std::int64_t> parties) override;

  void clear() override;
  void add(const KeyBlock& block) override;
  void add(const Signature& signature, std::span<const PartyEdge> edges,
           const Vocabulary& vocabulary) override;
  void finish() override;

 private:
  // First keys of the level's pages, ascending. Known once they were asked for, until one is written.
  const std::vector<std::int64_t>& pages(IndexLevel level);
  // The pages where these keys stand, or would, ascending.
  std::vector<std::int64_t> pages_of(IndexLevel level, std::span<const BlockKey> keys);
  // Those of these keys that the level has, also without holders.
  std::vector<KeyBlock> blocks(IndexLevel level, std::span<const BlockKey> keys);
  void replace(IndexLevel level, std::span<const KeyBlock> blocks);
  void move_recent_blocks_into_base();
  void add(IndexLevel level, const KeyBlock& block);
  void begin_page(BlockKey first_key);
  void end_page(IndexLevel level);
  void add(IndexLevel level, const Signature& signature, std::span<const PartyEdge> edges,
           const Vocabulary& vocabulary);
  void end_writing();

  Database& database_;
  std::array<std::optional<std::vector<std::int64_t>>, 2> pages_;  // by level
  std::unique_ptr<MatchIndexInsert> rows_;                         // while something is written
  BlockPageWriter page_;
  bool is_page_open_ = false;
  ByteWriter signature_, edges_;
};

}  // namespace cdh
