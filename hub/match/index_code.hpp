// The index of matching as bytes: pages of blocks, and the edges of a party.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/bytes.hpp"
#include "hub/match/match_index.hpp"

namespace cdh {

// Blocks of ascending keys, one after the other, with a directory of every eighth, so that a few of
// them are found without reading the others.
class BlockPageWriter {
 public:
  // A page that is kept under this key, which none of its blocks' keys is below.
  void begin(BlockKey first_key);
  void add(const KeyBlock& block);  // one without holders, too

  BlockKey first_key() const { return first_key_; }
  bool empty() const { return blocks_ == 0; }
  // Holders, and blocks without any.
  std::size_t size() const { return size_; }
  std::string bytes() const;

 private:
  BlockKey first_key_ = 0, last_key_ = 0;
  std::size_t blocks_ = 0, size_ = 0;
  ByteWriter directory_, out_;
};

class BlockPageReader {
 public:
  // The bytes outlive it. Throws Error(store), as the others do, on bytes that are no page.
  explicit BlockPageReader(std::string_view bytes);

  // Into `block`, whose room is used again; false at the end.
  bool next(KeyBlock& block) { return next_from(0, block); }
  // The first of those to come with at least this key, likewise.
  bool next_from(BlockKey least, KeyBlock& block);

 private:
  BlockKey key_of(std::size_t group) const;
  void skip_groups_before(BlockKey least);

  std::string_view directory_, blocks_;
  std::size_t count_ = 0, groups_ = 0;
  std::size_t next_ = 0;  // number of the block that comes
  BlockKey last_key_ = 0;
  ByteReader in_;
};

void encode(std::span<const PartyEdge> edges, ByteWriter& out);
std::vector<PartyEdge> decode_edges(std::string_view bytes);

}  // namespace cdh
