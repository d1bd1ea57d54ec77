#include "hub/store/review_items.hpp"

#include <map>
#include <utility>

#include "hub/store/affected_ids.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/record_reader.hpp"

namespace cdh {

namespace {

constexpr const char* kItemColumns =
    "i.id, i.party_a, i.party_b, i.score, i.reason, i.first_seen_run";
constexpr int kItemColumnCount = 6;
constexpr int kPartyColumnCount = 6;

ReviewItem read_item(const Cursor& row) {
  return {row.integer(0), row.integer(1),           row.integer(2),
          row.integer(3), std::string(row.text(4)), row.integer(5)};
}

ReviewedParty read_party(const Cursor& row, std::int64_t party_id, int column) {
  const auto text = [&](int offset) { return std::string(row.text(column + offset)); };
  return {party_id, text(0), text(1), text(2), text(3), text(4), text(5)};
}

// Columns and joins of party `side`, "a" or "b".
std::string party_columns(const std::string& side) {
  return ", s" + side + ".name, t" + side + ".name, r" + side + ".source_key, l" + side +
         ".name, p" + side + ".uuid, p" + side + ".display_name";
}

std::string party_joins(const std::string& side) {
  const std::string party = "i.party_" + side;
  return " JOIN link l" + side + " ON l" + side + ".party_id = " + party + " JOIN profile p" +
         side + " ON p" + side + ".id = l" + side + ".profile_id JOIN source_record r" + side +
         " ON r" + side + ".id = " + record_of_sql(party) + " JOIN stream t" + side + " ON t" +
         side + ".id = r" + side + ".stream_id JOIN source s" + side + " ON s" + side + ".id = t" +
         side + ".source_id";
}

// What stewards have decided since the last publication, by the two parties, the smaller first.
std::map<std::pair<std::string, std::string>, std::string> waiting_words(Database& database) {
  std::map<std::pair<std::string, std::string>, std::string> words;
  if (!has_waiting_decisions(database)) return words;
  const std::int64_t published = published_decision(database);
  for (StoredDecision& decision : decisions(database)) {
    if (decision.id <= published || decision.kind == "pin") continue;
    if (decision.right < decision.left) std::swap(decision.left, decision.right);
    words[{decision.left, decision.right}] = decision.kind == "together" ? "accepted" : "rejected";
  }
  return words;
}

std::vector<ReviewedPair> read_pairs(Database& database, const std::string& condition) {
  std::vector<ReviewedPair> pairs;
  {
    const auto rows = database.query("SELECT " + std::string(kItemColumns) + party_columns("a") +
                                     party_columns("b") + " FROM review_item i" + party_joins("a") +
                                     party_joins("b") + condition);
    while (rows->next()) {
      ReviewedPair& pair = pairs.emplace_back();
      pair.item = read_item(*rows);
      pair.a = read_party(*rows, pair.item.party_a, kItemColumnCount);
      pair.b = read_party(*rows, pair.item.party_b, kItemColumnCount + kPartyColumnCount);
    }
  }
  const auto words = waiting_words(database);
  for (ReviewedPair& pair : pairs) {
    std::pair parties{decision_name(pair.a), decision_name(pair.b)};
    if (parties.second < parties.first) std::swap(parties.first, parties.second);
    const auto word = words.find(parties);
    if (word != words.end()) pair.decided = word->second;
  }
  return pairs;
}

}  // namespace

std::vector<ReviewItem> review_items(Database& database) {
  std::vector<ReviewItem> items;
  const auto rows =
      database.query("SELECT " + std::string(kItemColumns) + " FROM review_item i ORDER BY i.id");
  while (rows->next()) items.push_back(read_item(*rows));
  return items;
}

std::int64_t count_review_items(Database& database) {
  return database.number("SELECT COUNT(*) FROM review_item");
}

void remove_review_items(Database& database, const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return;
  note_affected(database, ids);
  database.execute("{delete review_item} WHERE id IN (SELECT id FROM affected)");
}

void add_review_items(Database& database, const std::vector<ReviewItem>& items) {
  if (items.empty()) return;
  const auto rows = database.bulk_insert(
      "review_item", {"id", "party_a", "party_b", "score", "reason", "first_seen_run"});
  for (const ReviewItem& item : items) {
    for (const std::int64_t number : {item.id, item.party_a, item.party_b, item.score}) {
      rows->add(number);
    }
    rows->add(item.reason);
    rows->add(item.first_seen_run);
    rows->end_row();
  }
  rows->flush();
}

std::vector<ReviewedPair> reviewed_pairs(Database& database, std::size_t most) {
  return read_pairs(database, " ORDER BY i.score DESC, i.id LIMIT " + std::to_string(most));
}

std::vector<ReviewedPair> reviewed_pairs(Database& database, const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return {};
  std::string list;
  for (const std::int64_t id : ids) list += (list.empty() ? "" : ",") + std::to_string(id);
  return read_pairs(database, " WHERE i.id IN (" + list + ") ORDER BY i.id");
}

std::string decision_name(const ReviewedParty& party) {
  return party.source + "/" + party.stream + "/" + party.source_key + "/" + party.name;
}

}  // namespace cdh
