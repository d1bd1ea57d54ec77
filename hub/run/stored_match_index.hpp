// The index of matching in the store: its blocks in pages, so that neither many nor few of them cost
// a row each.
#pragma once

#include <cstdint>
#include <memory>
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
  // The pages where these keys stand, or would, ascending.
  std::vector<std::int64_t> pages_of(std::span<const BlockKey> keys);
  void begin_page(BlockKey first_key);
  void end_page();

  Database& database_;
  std::unique_ptr<MatchIndexInsert> rows_;  // while something is written
  BlockPageWriter page_;
  bool is_page_open_ = false;
  ByteWriter signature_, edges_;
};

}  // namespace cdh
