#include "hub/match/index_code.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "hub/base/error.hpp"

namespace cdh {

namespace {

// The directory has of each group of so many blocks the first one's key and place.
constexpr std::size_t kBlocksPerGroup = 8;
constexpr std::size_t kEntrySize = 16;

[[noreturn]] void fail() { throw Error(ErrorKind::store, kDamagedIndex); }

// Ids ascend, and are positive.
std::int64_t next_id(std::int64_t last, std::uint64_t step) {
  const auto room = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max() - last);
  if (step == 0 || step > room) fail();
  return last + static_cast<std::int64_t>(step);
}

}  // namespace

void BlockPageWriter::begin(BlockKey first_key) {
  first_key_ = last_key_ = first_key;
  blocks_ = size_ = 0;
  directory_.clear();
  out_.clear();
}

// Most blocks have one holder and no count of customers.
void BlockPageWriter::add(const KeyBlock& block) {
  if (blocks_++ % kBlocksPerGroup == 0) {
    directory_.whole(block.key);
    directory_.whole(out_.size());
  }
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
  size_ += std::max<std::size_t>(1, block.holders.size());
}

std::string BlockPageWriter::bytes() const {
  ByteWriter page;
  page.number(blocks_);
  page.text(directory_.bytes());
  std::string bytes(page.bytes());
  return bytes.append(out_.bytes());
}

BlockPageReader::BlockPageReader(std::string_view bytes) : in_(bytes, kDamagedIndex) {
  count_ = in_.count();
  directory_ = in_.text();
  blocks_ = in_.rest();
  groups_ = (count_ + kBlocksPerGroup - 1) / kBlocksPerGroup;
  if (directory_.size() != groups_ * kEntrySize) fail();
  if (groups_ > 0) last_key_ = key_of(0);
}

BlockKey BlockPageReader::key_of(std::size_t group) const {
  return ByteReader(directory_.substr(group * kEntrySize), kDamagedIndex).whole();
}

void BlockPageReader::skip_groups_before(BlockKey least) {
  std::size_t low = (next_ + kBlocksPerGroup - 1) / kBlocksPerGroup, high = groups_;
  while (low < high) {  // to the first group that begins beyond `least`
    const std::size_t middle = low + (high - low) / 2;
    if (key_of(middle) <= least) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == 0 || (low - 1) * kBlocksPerGroup < next_) return;
  const std::size_t group = low - 1;
  ByteReader entry(directory_.substr(group * kEntrySize), kDamagedIndex);
  last_key_ = entry.whole();
  const std::uint64_t place = entry.whole();
  if (place >= blocks_.size()) fail();
  in_ = ByteReader(blocks_.substr(static_cast<std::size_t>(place)), kDamagedIndex);
  next_ = group * kBlocksPerGroup;
}

bool BlockPageReader::next_from(BlockKey least, KeyBlock& block) {
  if (least > last_key_) skip_groups_before(least);
  while (next_ < count_) {
    const std::uint64_t step = in_.number();
    if (next_ > 0 && step == 0) fail();
    // The directory says of the first of a group which key it has.
    const bool is_first = next_ % kBlocksPerGroup == 0;
    block.key = last_key_ = is_first ? key_of(next_ / kBlocksPerGroup) : last_key_ + step;
    ++next_;
    const std::uint64_t head = in_.number();
    const std::uint64_t customers = head % 2 == 0 ? 1 : in_.number();
    if (customers > std::numeric_limits<std::uint16_t>::max()) fail();
    block.customers = static_cast<std::uint16_t>(customers);
    if (block.key < least) {
      in_.skip_numbers(head / 2);
      continue;
    }
    block.holders.clear();
    std::int64_t last = 0;
    for (std::uint64_t i = 0; i < head / 2; ++i) {
      last = next_id(last, in_.number());
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
    last = next_id(last, head / 2);
    const std::uint64_t bits = in.number();
    if (bits > std::numeric_limits<std::uint32_t>::max()) fail();
    const auto score = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    if (!std::isfinite(score)) fail();
    edges.push_back({last, score, head % 2 != 0});
  }
  return edges;
}

}  // namespace cdh
