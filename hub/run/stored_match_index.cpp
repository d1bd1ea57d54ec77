#include "hub/run/stored_match_index.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace cdh {

namespace {

// A page has at most so many holders of keys, unless one key alone has more.
constexpr std::size_t kPostingsPerPage = 400;

}  // namespace

std::vector<std::int64_t> StoredMatchIndex::pages_of(std::span<const BlockKey> keys) {
  std::vector<std::int64_t> pages;
  if (keys.empty()) return pages;
  const std::vector<std::int64_t> all = block_pages(database_);
  for (const BlockKey key : keys) {
    auto next = std::ranges::upper_bound(all, static_cast<std::int64_t>(key));
    if (next == all.begin()) continue;  // there is no page yet
    const std::int64_t page = *std::prev(next);
    if (pages.empty() || pages.back() != page) pages.push_back(page);
  }
  return pages;
}

std::vector<KeyBlock> StoredMatchIndex::blocks(std::span<const BlockKey> keys) {
  std::vector<KeyBlock> found;
  KeyBlock block;
  auto wanted = keys.begin();
  read_block_pages(database_, pages_of(keys), [&](std::int64_t first_key, std::string_view bytes) {
    BlockPageReader page(static_cast<BlockKey>(first_key), bytes);
    while (wanted != keys.end() && page.next_from(*wanted, block)) {
      wanted = std::lower_bound(wanted, keys.end(), block.key);
      if (wanted != keys.end() && *wanted == block.key) found.push_back(block);
    }
  });
  return found;
}

std::vector<IndexedParty> StoredMatchIndex::parties(std::span<const std::int64_t> ids,
                                                    Vocabulary& vocabulary) {
  std::vector<IndexedParty> found;
  found.reserve(ids.size());
  read_match_parties(database_, {ids.begin(), ids.end()}, [&](const MatchPartyRow& row) {
    found.push_back({decode_signature(row.signature, row.id, vocabulary), decode_edges(row.edges)});
  });
  return found;
}

void StoredMatchIndex::replace(std::span<const KeyBlock> blocks) {
  if (blocks.empty()) return;
  std::vector<BlockKey> keys;
  for (const KeyBlock& block : blocks) keys.push_back(block.key);
  const std::vector<std::int64_t> pages = pages_of(keys);
  // All are read before one is written: a cursor and an insert do not share a table.
  std::vector<std::pair<std::int64_t, std::string>> before;
  read_block_pages(database_, pages, [&](std::int64_t first_key, std::string_view bytes) {
    before.emplace_back(first_key, bytes);
  });
  remove_block_pages(database_, pages);
  rows_ = std::make_unique<MatchIndexInsert>(database_);
  if (before.empty()) before.emplace_back(0, std::string());
  auto next = blocks.begin();
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto& [first_key, bytes] = before[i];
    begin_page(static_cast<BlockKey>(first_key));
    const auto add_new = [&](BlockKey limit, bool is_last) {
      for (; next != blocks.end() && (is_last || next->key < limit); ++next) add(*next);
    };
    BlockPageReader page(static_cast<BlockKey>(first_key), bytes);
    for (KeyBlock block; page.next(block);) {
      add_new(block.key, false);
      const bool is_replaced = next != blocks.end() && next->key == block.key;
      add(is_replaced ? *next++ : block);
    }
    // New keys at its end: those before the next page in the store, be it one of these or not.
    const bool is_last = i + 1 == before.size();
    add_new(is_last ? 0 : static_cast<BlockKey>(before[i + 1].first), is_last);
    end_page();
  }
  finish();
}

void StoredMatchIndex::replace(std::span<const IndexedParty> parties,
                               const Vocabulary& vocabulary) {
  std::vector<std::int64_t> ids;
  for (const IndexedParty& party : parties) ids.push_back(party.signature.identity.id);
  remove(ids);
  rows_ = std::make_unique<MatchIndexInsert>(database_);
  for (const IndexedParty& party : parties) add(party.signature, party.edges, vocabulary);
  finish();
}

void StoredMatchIndex::remove(std::span<const std::int64_t> parties) {
  remove_match_parties(database_, {parties.begin(), parties.end()});
}

void StoredMatchIndex::clear() {
  clear_match_index(database_);
  rows_ = std::make_unique<MatchIndexInsert>(database_);
  begin_page(0);
}

void StoredMatchIndex::add(const KeyBlock& block) {
  if (block.holders.empty()) return;
  const bool is_full =
      page_.postings() > 0 && page_.postings() + block.holders.size() > kPostingsPerPage;
  if (is_full) {
    end_page();
    begin_page(block.key);
  }
  page_.add(block);
}

void StoredMatchIndex::begin_page(BlockKey first_key) {
  page_.begin(first_key);
  is_page_open_ = true;
}

// The first page is kept though it be empty: it is where the smallest keys belong.
void StoredMatchIndex::end_page() {
  is_page_open_ = false;
  if (page_.postings() == 0 && page_.first_key() != 0) return;
  rows_->add_page(static_cast<std::int64_t>(page_.first_key()), page_.bytes());
}

void StoredMatchIndex::add(const Signature& signature, std::span<const PartyEdge> edges,
                           const Vocabulary& vocabulary) {
  signature_.clear();
  edges_.clear();
  encode(signature, vocabulary, signature_);
  encode(edges, edges_);
  rows_->add({signature.identity.id, signature_.bytes(), edges_.bytes()});
}

void StoredMatchIndex::finish() {
  if (is_page_open_) end_page();
  rows_->flush();
  rows_.reset();
}

}  // namespace cdh
