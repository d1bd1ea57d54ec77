#include "hub/match/index_code.hpp"

#include <bit>

namespace cdh {

void BlockPageWriter::begin(BlockKey first_key) {
  first_key_ = last_key_ = first_key;
  postings_ = 0;
  out_.clear();
}

// Most blocks have one holder and no count of customers.
void BlockPageWriter::add(const KeyBlock& block) {
  const bool has_customers = block.customers > 1;
  out_.number(block.key - last_key_);
  out_.number(block.holders.size() * 2 + (has_customers ? 1 : 0));
  if (has_customers) out_.number(block.customers);
  std::int64_t last = 0;
  for (const std::int64_t holder : block.holders) {
    out_.number(static_cast<std::uint64_t>(holder - last));
    last = holder;
  }
  last_key_ = block.key;
  postings_ += block.holders.size();
}

bool BlockPageReader::next(KeyBlock& block) { return next_from(0, block); }

bool BlockPageReader::next_from(BlockKey least, KeyBlock& block) {
  while (!in_.at_end()) {
    block.key = last_key_ += in_.number();
    const std::uint64_t head = in_.number();
    block.customers = head % 2 == 0 ? std::uint8_t{1} : static_cast<std::uint8_t>(in_.number());
    if (block.key < least) {
      in_.skip_numbers(head / 2);
      continue;
    }
    block.holders.clear();
    std::int64_t last = 0;
    for (std::uint64_t i = 0; i < head / 2; ++i) {
      last += static_cast<std::int64_t>(in_.number());
      block.holders.push_back(last);
    }
    return true;
  }
  return false;
}

void encode(std::span<const PartyEdge> edges, ByteWriter& out) {
  std::int64_t last = 0;
  for (const PartyEdge& edge : edges) {
    out.number(static_cast<std::uint64_t>(edge.other - last) * 2 + (edge.is_corroborated ? 1 : 0));
    out.number(std::bit_cast<std::uint32_t>(edge.score));
    last = edge.other;
  }
}

std::vector<PartyEdge> decode_edges(std::string_view bytes) {
  std::vector<PartyEdge> edges;
  ByteReader in(bytes, kDamagedIndex);
  std::int64_t last = 0;
  while (!in.at_end()) {
    const std::uint64_t head = in.number();
    last += static_cast<std::int64_t>(head / 2);
    const auto score = std::bit_cast<float>(static_cast<std::uint32_t>(in.number()));
    edges.push_back({last, score, head % 2 != 0});
  }
  return edges;
}

}  // namespace cdh
