#include "hub/run/stored_match_index.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "hub/match/ordered_work.hpp"

namespace cdh {

namespace {

// A page has at most so many holders of keys, unless one key alone has more: some 4,000 bytes.
constexpr std::size_t kPostingsPerPage = 550;

// Recent pages are moved into the base when there is one to so many of the base. A page has the keys
// of some thirty parties, so that these are moved at about the same share.
constexpr std::size_t kBasePagesPerRecent = 8;
constexpr std::size_t kRecentPartiesPerBasePage = 4;
// ... with so many at a time in memory.
constexpr std::size_t kPagesMoved = 500;

// Parties that are decoded at one time.
constexpr std::size_t kPartiesPerPart = 4'000;

// Rows of parties as the store gave them.
struct PartyRows {
  struct Row {
    std::int64_t id = 0;
    std::size_t signature_size = 0, edges_size = 0;
  };
  std::vector<Row> rows;
  std::string bytes;  // of each row its signature and its edges, one after the other

  void add(const MatchPartyRow& row) {
    rows.push_back({row.id, row.signature.size(), row.edges.size()});
    bytes.append(row.signature).append(row.edges);
  }
};

struct DecodedParties {
  WordList words;  // those that the signatures' numbers mean
  std::vector<IndexedParty> parties;
};

DecodedParties decode(const PartyRows& part) {
  DecodedParties decoded;
  decoded.parties.reserve(part.rows.size());
  std::string_view left = part.bytes;
  const auto take = [&](std::size_t size) {
    const std::string_view taken = left.substr(0, size);
    left.remove_prefix(size);
    return taken;
  };
  for (const auto& [id, signature_size, edges_size] : part.rows) {
    const std::string_view signature = take(signature_size);
    decoded.parties.push_back(
        {decode_signature(signature, id, decoded.words), decode_edges(take(edges_size))});
  }
  return decoded;
}

}  // namespace

const std::vector<std::int64_t>& StoredMatchIndex::pages(IndexLevel level) {
  auto& known = pages_[static_cast<std::size_t>(level)];
  if (!known) known = block_pages(database_, level);
  return *known;
}

std::vector<std::int64_t> StoredMatchIndex::pages_of(IndexLevel level,
                                                     std::span<const BlockKey> keys) {
  std::vector<std::int64_t> found;
  const std::vector<std::int64_t>& all = pages(level);
  for (const BlockKey key : keys) {
    const auto next = std::ranges::upper_bound(all, static_cast<std::int64_t>(key));
    if (next == all.begin()) continue;  // there is no page yet
    const std::int64_t page = *std::prev(next);
    if (found.empty() || found.back() != page) found.push_back(page);
  }
  return found;
}

std::vector<KeyBlock> StoredMatchIndex::blocks(std::span<const BlockKey> keys) {
  std::vector<KeyBlock> found = blocks(IndexLevel::recent, keys);
  std::vector<BlockKey> others;
  auto recent = found.begin();
  for (const BlockKey key : keys) {
    recent =
        std::find_if(recent, found.end(), [&](const KeyBlock& block) { return block.key >= key; });
    if (recent == found.end() || recent->key != key) others.push_back(key);
  }
  std::erase_if(found, [](const KeyBlock& block) { return block.holders.empty(); });
  const auto middle = std::ssize(found);
  std::ranges::move(blocks(IndexLevel::base, others), std::back_inserter(found));
  std::ranges::inplace_merge(found, found.begin() + middle, {}, &KeyBlock::key);
  return found;
}

std::vector<KeyBlock> StoredMatchIndex::blocks(IndexLevel level, std::span<const BlockKey> keys) {
  std::vector<KeyBlock> found;
  KeyBlock block;
  auto wanted = keys.begin();
  read_block_pages(
      database_, level, pages_of(level, keys), [&](std::int64_t, std::string_view bytes) {
        BlockPageReader page(bytes);
        while (wanted != keys.end() && page.next_from(*wanted, block)) {
          wanted = std::find_if(wanted, keys.end(), [&](BlockKey key) { return key >= block.key; });
          if (wanted != keys.end() && *wanted == block.key) found.push_back(block);
        }
      });
  return found;
}

std::vector<IndexedParty> StoredMatchIndex::parties(std::span<const std::int64_t> ids,
                                                    Vocabulary& vocabulary) {
  std::vector<IndexedParty> found;
  found.reserve(ids.size());
  OrderedWork<DecodedParties> decoding([&](DecodedParties part) {
    const std::vector<WordId> numbers = vocabulary.intern(part.words);
    for (IndexedParty& party : part.parties) {
      renumber_words(party.signature, numbers);
      found.push_back(std::move(party));
    }
  });
  PartyRows part;
  const auto begin_decoding = [&] {
    decoding.begin([part = std::exchange(part, {})] { return decode(part); });
  };
  read_match_parties(database_, {ids.begin(), ids.end()}, [&](const MatchPartyRow& row) {
    part.add(row);
    if (part.rows.size() == kPartiesPerPart) begin_decoding();
  });
  if (!part.rows.empty()) begin_decoding();
  decoding.finish();
  return found;
}

void StoredMatchIndex::replace(std::span<const KeyBlock> blocks) {
  replace(IndexLevel::recent, blocks);
  const bool is_much =
      pages(IndexLevel::recent).size() * kBasePagesPerRecent > pages(IndexLevel::base).size();
  if (is_much) move_recent_blocks_into_base();
}

void StoredMatchIndex::replace(IndexLevel level, std::span<const KeyBlock> blocks) {
  if (blocks.empty()) return;
  std::vector<BlockKey> keys;
  for (const KeyBlock& block : blocks) keys.push_back(block.key);
  const std::vector<std::int64_t> old = pages_of(level, keys);
  // All are read before one is written: a cursor and an insert do not share a table.
  std::vector<std::pair<std::int64_t, std::string>> before;
  read_block_pages(database_, level, old, [&](std::int64_t first_key, std::string_view bytes) {
    before.emplace_back(first_key, bytes);
  });
  remove_block_pages(database_, level, old);
  rows_ = std::make_unique<MatchIndexInsert>(database_);
  if (before.empty()) before.emplace_back(0, BlockPageWriter().bytes());
  auto next = blocks.begin();
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto& [first_key, bytes] = before[i];
    begin_page(static_cast<BlockKey>(first_key));
    const auto add_new = [&](BlockKey limit, bool is_last) {
      for (; next != blocks.end() && (is_last || next->key < limit); ++next) add(level, *next);
    };
    BlockPageReader page(bytes);
    for (KeyBlock block; page.next(block);) {
      add_new(block.key, false);
      const bool is_replaced = next != blocks.end() && next->key == block.key;
      add(level, is_replaced ? *next++ : block);
    }
    // New keys at its end: those before the next page in the store, be it one of these or not.
    const bool is_last = i + 1 == before.size();
    add_new(is_last ? 0 : static_cast<BlockKey>(before[i + 1].first), is_last);
    end_page(level);
  }
  end_writing();
  pages_ = {};
}

void StoredMatchIndex::move_recent_blocks_into_base() {
  const std::vector<std::int64_t> all = pages(IndexLevel::recent);
  for (std::size_t begin = 0; begin < all.size(); begin += kPagesMoved) {
    const std::size_t end = std::min(all.size(), begin + kPagesMoved);
    const std::vector<std::int64_t> some(all.begin() + static_cast<std::ptrdiff_t>(begin),
                                         all.begin() + static_cast<std::ptrdiff_t>(end));
    std::vector<KeyBlock> blocks;
    read_block_pages(database_, IndexLevel::recent, some,
                     [&](std::int64_t, std::string_view bytes) {
                       BlockPageReader page(bytes);
                       for (KeyBlock block; page.next(block);) blocks.push_back(block);
                     });
    replace(IndexLevel::base, blocks);
  }
  remove_block_pages(database_, IndexLevel::recent, all);
  pages_ = {};
}

void StoredMatchIndex::replace(std::span<const IndexedParty> parties,
                               const Vocabulary& vocabulary) {
  std::vector<std::int64_t> ids;
  for (const IndexedParty& party : parties) ids.push_back(party.signature.identity.id);
  remove_match_parties(database_, IndexLevel::recent, ids);
  rows_ = std::make_unique<MatchIndexInsert>(database_);
  for (const IndexedParty& party : parties) {
    add(IndexLevel::recent, party.signature, party.edges, vocabulary);
  }
  end_writing();
  const auto recent = static_cast<std::size_t>(count_recent_match_parties(database_));
  if (recent > pages(IndexLevel::base).size() * kRecentPartiesPerBasePage) {
    move_recent_match_parties_into_base(database_);
  }
}

void StoredMatchIndex::remove(std::span<const std::int64_t> parties) {
  for (const IndexLevel level : {IndexLevel::base, IndexLevel::recent}) {
    remove_match_parties(database_, level, {parties.begin(), parties.end()});
  }
}

void StoredMatchIndex::clear() {
  clear_match_index(database_);
  pages_ = {};
  rows_ = std::make_unique<MatchIndexInsert>(database_);
  begin_page(0);
}

void StoredMatchIndex::add(const KeyBlock& block) { add(IndexLevel::base, block); }

// That nobody has a key any more is said before the base, and shown by the base having none.
void StoredMatchIndex::add(IndexLevel level, const KeyBlock& block) {
  if (block.holders.empty() && level == IndexLevel::base) return;
  const bool is_full = !page_.empty() && page_.size() + block.holders.size() > kPostingsPerPage;
  if (is_full) {
    end_page(level);
    begin_page(block.key);
  }
  page_.add(block);
}

void StoredMatchIndex::begin_page(BlockKey first_key) {
  page_.begin(first_key);
  is_page_open_ = true;
}

// The first page is kept though it be empty: it is where the smallest keys belong.
void StoredMatchIndex::end_page(IndexLevel level) {
  is_page_open_ = false;
  if (page_.empty() && page_.first_key() != 0) return;
  rows_->add_page(level, static_cast<std::int64_t>(page_.first_key()), page_.bytes());
}

void StoredMatchIndex::add(const Signature& signature, std::span<const PartyEdge> edges,
                           const Vocabulary& vocabulary) {
  add(IndexLevel::base, signature, edges, vocabulary);
}

void StoredMatchIndex::add(IndexLevel level, const Signature& signature,
                           std::span<const PartyEdge> edges, const Vocabulary& vocabulary) {
  signature_.clear();
  edges_.clear();
  encode(signature, vocabulary, signature_);
  encode(edges, edges_);
  rows_->add(level, {signature.identity.id, signature_.bytes(), edges_.bytes()});
}

void StoredMatchIndex::end_writing() {
  rows_->flush();
  rows_.reset();
}

void StoredMatchIndex::finish() {
  if (is_page_open_) end_page(IndexLevel::base);
  end_writing();
}

}  // namespace cdh
