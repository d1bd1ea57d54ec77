#include "hub/store/match_index_tables.hpp"

#include "hub/store/affected_ids.hpp"

namespace cdh {

namespace {

std::string text(IndexLevel level) { return std::to_string(static_cast<int>(level)); }

std::string party_table(IndexLevel level) {
  return level == IndexLevel::base ? "match_party" : "match_party_recent";
}

const std::vector<std::string> kPartyColumns = {"id", "signature", "edges"};

}  // namespace

void clear_match_index(Database& database) {
  database.execute(
      "DELETE FROM match_block; DELETE FROM match_party; DELETE FROM match_party_recent");
}

std::vector<std::int64_t> block_pages(Database& database, IndexLevel level) {
  std::vector<std::int64_t> pages;
  const auto rows = database.query(
      "SELECT first_key FROM match_block WHERE level = " + text(level) + " ORDER BY first_key");
  while (rows->next()) pages.push_back(rows->integer(0));
  return pages;
}

void read_block_pages(Database& database, IndexLevel level,
                      const std::vector<std::int64_t>& first_keys,
                      const std::function<void(std::int64_t, std::string_view)>& visit) {
  if (first_keys.empty()) return;
  note_affected(database, first_keys);
  const auto rows = database.query(
      "SELECT first_key, content FROM affected a CROSS JOIN match_block b WHERE b.level = " +
      text(level) + " AND b.first_key = a.id ORDER BY a.id");
  while (rows->next()) visit(rows->integer(0), rows->bytes(1));
}

void remove_block_pages(Database& database, IndexLevel level,
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
      "SELECT a.id, COALESCE(r.signature, b.signature), COALESCE(r.edges, b.edges) FROM affected a "
      "LEFT JOIN match_party_recent r ON r.id = a.id LEFT JOIN match_party b ON b.id = a.id "
      "WHERE r.id IS NOT NULL OR b.id IS NOT NULL ORDER BY a.id");
  while (rows->next()) {
    // Both at once: a backend keeps the bytes of one column only.
    const std::string signature(rows->bytes(1));
    visit({rows->integer(0), signature, rows->bytes(2)});
  }
}

void remove_match_parties(Database& database, IndexLevel level,
                          const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return;
  note_affected(database, ids);
  database.execute("{delete " + party_table(level) + "} WHERE id IN (SELECT id FROM affected)");
}

std::int64_t count_recent_match_parties(Database& database) {
  return database.number("SELECT COUNT(*) FROM match_party_recent");
}

void move_recent_match_parties_into_base(Database& database) {
  std::vector<std::int64_t> ids;
  {
    const auto rows = database.query("SELECT id FROM match_party_recent ORDER BY id");
    while (rows->next()) ids.push_back(rows->integer(0));
  }
  remove_match_parties(database, IndexLevel::base, ids);
  database.execute(
      "INSERT INTO match_party (id, signature, edges) "
      "SELECT id, signature, edges FROM match_party_recent; DELETE FROM match_party_recent");
}

MatchIndexInsert::MatchIndexInsert(Database& database)
    : pages_(database.bulk_insert("match_block", {"level", "first_key", "content"})),
      parties_(database.bulk_insert(party_table(IndexLevel::base), kPartyColumns)),
      recent_parties_(database.bulk_insert(party_table(IndexLevel::recent), kPartyColumns)) {}

void MatchIndexInsert::add_page(IndexLevel level, std::int64_t first_key,
                                std::string_view content) {
  pages_->add(static_cast<std::int64_t>(level));
  pages_->add(first_key);
  pages_->add_bytes(content);
  pages_->end_row();
}

void MatchIndexInsert::add(IndexLevel level, const MatchPartyRow& party) {
  BulkInsert& rows = level == IndexLevel::base ? *parties_ : *recent_parties_;
  rows.add(party.id);
  rows.add_bytes(party.signature);
  rows.add_bytes(party.edges);
  rows.end_row();
}

void MatchIndexInsert::flush() {
  pages_->flush();
  parties_->flush();
  recent_parties_->flush();
}

}  // namespace cdh
