// The index of matching as bytes: pages of blocks, and the edges of a party.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "hub/base/bytes.hpp"
#include "hub/match/match_index.hpp"

namespace cdh {

// Blocks of ascending keys, one after the other. A page begins with a key that is kept beside it.
class BlockPageWriter {
 public:
  void begin(BlockKey first_key);
  void add(const KeyBlock& block);

  BlockKey first_key() const { return first_key_; }
  std::size_t postings() const { return postings_; }
  std::string_view bytes() const { return out_.bytes(); }

 private:
  BlockKey first_key_ = 0, last_key_ = 0;
  std::size_t postings_ = 0;
  ByteWriter out_;
};

class BlockPageReader {
 public:
  BlockPageReader(BlockKey first_key, std::string_view bytes)
      : last_key_(first_key), in_(bytes, kDamagedIndex) {}

  // Into `block`, whose room is used again; false at the end. Throws Error(store) on bytes that are
  // no page.
  bool next(KeyBlock& block);
  // The next block with at least this key, likewise.
  bool next_from(BlockKey least, KeyBlock& block);

 private:
  BlockKey last_key_;
  ByteReader in_;
};

void encode(std::span<const PartyEdge> edges, ByteWriter& out);
std::vector<PartyEdge> decode_edges(std::string_view bytes);

}  // namespace cdh
