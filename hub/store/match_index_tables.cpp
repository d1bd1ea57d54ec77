#include "hub/store/match_index_tables.hpp"

#include "hub/store/affected_ids.hpp"

namespace cdh {

namespace {

std::string text(BlockLevel level) { return std::to_string(static_cast<int>(level)); }

}  // namespace

void clear_match_index(Database& database) {
  database.execute("DELETE FROM match_block; DELETE FROM match_party");
}

std::vector<std::int64_t> block_pages(Database& database, BlockLevel level) {
  std::vector<std::int64_t> pages;
  const auto rows = database.query(
      "SELECT first_key FROM match_block WHERE level = " + text(level) + " ORDER BY first_key");
  while (rows->next()) pages.push_back(rows->integer(0));
  return pages;
}

void read_block_pages(Database& database, BlockLevel level,
                      const std::vector<std::int64_t>& first_keys,
                      const std::function<void(std::int64_t, std::string_view)>& visit) {
  if (first_keys.empty()) return;
  note_affected(database, first_keys);
  const auto rows = database.query(
      "SELECT first_key, content FROM affected a CROSS JOIN match_block b WHERE b.level = " +
      text(level) + " AND b.first_key = a.id ORDER BY a.id");
  while (rows->next()) visit(rows->integer(0), rows->bytes(1));
}

void remove_block_pages(Database& database, BlockLevel level,
                        const std::vector<std::int64_t>& first_keys) {
  if (first_keys.empty()) return;
  note_affected(database, first_keys);
  database.execute("{delete match_block} WHERE level = " + text(level) +
                   " AND first_key IN (SELECT id FROM affected)");
}

void read_match_parties(Database& database, const std::vector<std::int64_t>& ids,
                        const std::function<void(const MatchPartyRow&)>& visit) {
  if (ids.empty()) return;
  note_affected(database, ids);
  const auto rows = database.query(
      "SELECT p.id, signature, edges FROM affected a CROSS JOIN match_party p WHERE p.id = a.id "
      "ORDER BY a.id");
  while (rows->next()) {
    // Both at once: a backend keeps the bytes of one column only.
    const std::string signature(rows->bytes(1));
    visit({rows->integer(0), signature, rows->bytes(2)});
  }
}

void remove_match_parties(Database& database, const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return;
  note_affected(database, ids);
  database.execute("{delete match_party} WHERE id IN (SELECT id FROM affected)");
}

MatchIndexInsert::MatchIndexInsert(Database& database)
    : pages_(database.bulk_insert("match_block", {"level", "first_key", "content"})),
      parties_(database.bulk_insert("match_party", {"id", "signature", "edges"})) {}

void MatchIndexInsert::add_page(BlockLevel level, std::int64_t first_key,
                                std::string_view content) {
  pages_->add(static_cast<std::int64_t>(level));
  pages_->add(first_key);
  pages_->add_bytes(content);
  pages_->end_row();
}

void MatchIndexInsert::add(const MatchPartyRow& party) {
  parties_->add(party.id);
  parties_->add_bytes(party.signature);
  parties_->add_bytes(party.edges);
  parties_->end_row();
}

void MatchIndexInsert::flush() {
  pages_->flush();
  parties_->flush();
}

}  // namespace cdh
