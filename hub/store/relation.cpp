#include "hub/store/relation.hpp"

#include "hub/store/record_reader.hpp"

namespace cdh {

namespace {

// What b is to a, when a is what `kind` says to b.
constexpr std::string_view kKind = "COALESCE(NULLIF(LOWER(TRIM(e.kind)), ''), 'related')";
constexpr std::string_view kReversedKind =
    "CASE LOWER(TRIM(COALESCE(e.kind, ''))) WHEN '' THEN 'related' "
    "WHEN 'parent' THEN CASE f.entity WHEN 'organization' THEN 'subsidiary' ELSE 'child' END "
    "WHEN 'subsidiary' THEN 'parent' WHEN 'child' THEN 'parent' "
    "WHEN 'referred_by' THEN 'referred' WHEN 'household' THEN 'household' "
    "WHEN 'spouse' THEN 'spouse' WHEN 'sibling' THEN 'sibling' WHEN 'partner' THEN 'partner' "
    "WHEN 'friend' THEN 'friend' WHEN 'colleague' THEN 'colleague' WHEN 'related' THEN 'related' "
    "ELSE LOWER(TRIM(e.kind)) || '_of' END";

// The two ends of an event, seen from one of them. NULLIF gives a null of a type that every database
// knows by the same name. For a few profiles the order is theirs first: a database that plans by what
// it guesses of the tables reads them whole.
std::string seen_from(const std::string& table, const std::string& from, const std::string& to,
                      std::string_view relation, const std::string& of_few) {
  return "SELECT f.profile_id AS from_id, " + std::string(relation) +
         " AS relation, t.profile_id AS to_id, e.id AS statement_id, NULLIF('', '') AS "
         "household, NULLIF(0, 0) AS position FROM " +
         (of_few.empty() ? table + " e, link f, link t"
                         : "link f CROSS JOIN " + table + " e CROSS JOIN link t") +
         " WHERE f.party_id = e." + from + " AND t.party_id = e." + to +
         " AND f.profile_id <> t.profile_id" + of_few + " UNION ALL ";
}

// All relations by row ids of profiles; `of_few` narrows `f`, the side they are seen from.
std::string pairs(const std::string& of_few) {
  const std::string join = of_few.empty() ? ", household " : " CROSS JOIN household ";
  return seen_from("affiliation", "person_id", "organization_id", "'works_for'", of_few) +
         seen_from("affiliation", "organization_id", "person_id", "'employs'", of_few) +
         seen_from("relationship", "from_id", "to_id", kKind, of_few) +
         seen_from("relationship", "to_id", "from_id", kReversedKind, of_few) +
         "SELECT f.profile_id, 'household', t.profile_id, NULL, h.id, f.position "
         "FROM postal_address f" +
         join + "h" + join +
         "t WHERE h.home = f.home AND h.profile_id = f.profile_id AND h.position = f.position "
         "AND t.home = h.home AND t.id = h.id AND f.profile_id <> t.profile_id" +
         of_few;
}

// What stands beside the ids of a pair `r`.
constexpr std::string_view kJoinDetails =
    " LEFT JOIN affiliation w ON w.id = r.statement_id "
    "LEFT JOIN postal_address a ON a.profile_id = r.from_id AND a.position = r.position";

constexpr std::string_view kDetails[] = {"job_title",     "department",       "is_decision_maker",
                                         "start_date",    "end_date",         "street_address",
                                         "address_line2", "address_locality", "postal_code"};

}  // namespace

std::string relation_view() {
  return "CREATE VIEW v_relation AS SELECT p.uuid AS from_profile, r.relation, "
         "o.uuid AS to_profile, w.job_title, w.department, w.is_decision_maker, w.start_date, "
         "w.end_date, r.household, a.street_address, a.address_line2, a.address_locality, "
         "a.postal_code, r.statement_id FROM (" +
         pairs("") + ") r JOIN profile o ON o.id = r.to_id" + std::string(kJoinDetails) +
         " JOIN profile p ON p.id = r.from_id";
}

std::unordered_map<std::int64_t, std::vector<ViewedRelation>> relations_of(
    Database& database, const std::vector<std::int64_t>& profile_ids, std::size_t most) {
  std::unordered_map<std::int64_t, std::vector<ViewedRelation>> found;
  if (most == 0 || profile_ids.empty()) return found;
  const auto rows = database.query(
      "SELECT r.from_id, r.relation, r.uuid, r.display_name, r.household, s.name, c.source_key, "
      "w.job_title, "
      "w.department, CASE w.is_decision_maker WHEN 1 THEN 'true' WHEN 0 THEN 'false' END, "
      "w.start_date, w.end_date, a.street_address, a.address_line2, a.address_locality, "
      "a.postal_code FROM (SELECT e.*, o.uuid, o.display_name, ROW_NUMBER() OVER (PARTITION BY "
      "e.from_id, e.relation ORDER BY o.display_name, o.uuid, e.household, e.statement_id) AS "
      "place FROM (" +
      pairs(" AND f.profile_id IN (" + id_list(profile_ids) + ")") +
      ") e JOIN profile o ON o.id = e.to_id) r" + std::string(kJoinDetails) +
      " LEFT JOIN source_record c ON c.id = " + record_of_sql("r.statement_id") +
      " LEFT JOIN stream m ON m.id = c.stream_id LEFT JOIN source s ON s.id = m.source_id "
      "WHERE r.place <= " +
      std::to_string(most) +
      " ORDER BY r.relation, r.display_name, r.uuid, r.household, w.job_title, w.department, "
      "w.is_decision_maker, w.start_date, w.end_date, r.statement_id");
  while (rows->next()) {
    const auto text = [&](int column) { return std::string(rows->text(column)); };
    std::vector<ViewedRelation>& relations = found[rows->integer(0)];
    ViewedRelation next{text(1), text(2), text(3), {}, text(4), {}};
    int column = 7;
    for (const std::string_view name : kDetails) {
      if (!rows->is_null(column)) next.values.emplace_back(name, text(column));
      ++column;
    }
    const bool is_known = !relations.empty() && relations.back().relation == next.relation &&
                          relations.back().other == next.other &&
                          relations.back().household == next.household &&
                          relations.back().values == next.values;
    if (!is_known) relations.push_back(std::move(next));
    if (!rows->is_null(5)) relations.back().records.push_back(text(5) + ":" + text(6));
  }
  return found;
}

}  // namespace cdh
