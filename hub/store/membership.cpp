#include "hub/store/membership.hpp"

#include <charconv>
#include <cstdio>
#include <unordered_set>

#include "hub/store/affected_ids.hpp"
#include "hub/store/audit.hpp"
#include "hub/store/landing.hpp"
#include "hub/store/record_reader.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

namespace {

constexpr const char* kPublishedDecision = "published_decision";

// Numbers in one IN list; keeps statements short enough for every database.
constexpr std::size_t kChunk = 5'000;

template <typename Number, typename Visit>
void for_each_chunk(const std::vector<Number>& numbers, Visit&& visit) {
  for (std::size_t begin = 0; begin < numbers.size(); begin += kChunk) {
    const std::size_t end = std::min(numbers.size(), begin + kChunk);
    visit(id_list({numbers.begin() + static_cast<std::ptrdiff_t>(begin),
                   numbers.begin() + static_cast<std::ptrdiff_t>(end)}));
  }
}

void read_profiles(Database& database, const std::string& condition, std::vector<ProfileRow>& out) {
  const auto rows = database.query(
      "SELECT id, uuid, fingerprint, created_run, changed_run FROM profile " + condition);
  while (rows->next()) {
    out.push_back({rows->integer(0), std::string(rows->text(1)), rows->integer(2), rows->integer(3),
                   rows->integer(4)});
  }
}

// `from`: the tables, with link as l.
std::vector<Membership> read_memberships(Database& database, const std::string& from) {
  std::vector<Membership> out;
  const auto rows = database.query(
      "SELECT l.party_id, l.name, l.entity, l.profile_id, l.joined_to, l.reason " + from);
  while (rows->next()) {
    out.push_back({rows->integer(0), std::string(rows->text(1)), rows->text(2) == "person",
                   rows->integer(3), rows->integer(4), std::string(rows->text(5))});
  }
  return out;
}

std::vector<StoredDecision> read_decisions(Database& database, const std::string& condition) {
  std::vector<StoredDecision> out;
  const auto rows = database.query(
      "SELECT id, kind, left_party, right_party, field, value, made_by, made_at, run_id "
      "FROM decision" +
      condition + " ORDER BY id");
  while (rows->next()) {
    StoredDecision decision;
    decision.id = rows->integer(0);
    decision.kind = rows->text(1);
    decision.left = rows->text(2);
    decision.right = rows->text(3);
    decision.field = rows->text(4);
    decision.value = rows->text(5);
    decision.made_by = rows->text(6);
    decision.made_at = rows->text(7);
    decision.run_id = rows->integer(8);
    out.push_back(std::move(decision));
  }
  return out;
}

}  // namespace

std::vector<Membership> all_memberships(Database& database) {
  return read_memberships(database, "FROM link l");
}

std::vector<Membership> memberships(Database& database, const std::vector<std::int64_t>& parties) {
  if (parties.empty()) return {};
  note_affected(database, parties);
  return read_memberships(database, "FROM affected a CROSS JOIN link l WHERE l.party_id = a.id");
}

std::vector<Membership> memberships_of_records(Database& database,
                                               const std::vector<std::int64_t>& records) {
  if (records.empty()) return {};
  note_affected(database, records);
  return read_memberships(database, "FROM affected a CROSS JOIN link l WHERE " +
                                        is_of_record_sql("l.party_id", "a.id"));
}

std::vector<std::int64_t> parties_in_profiles_of(Database& database,
                                                 const std::vector<std::int64_t>& parties) {
  std::vector<std::int64_t> out;
  if (parties.empty()) return out;
  note_affected(database, parties);
  const auto rows = database.query(
      "SELECT DISTINCT m.party_id FROM affected a CROSS JOIN link l CROSS JOIN link m "
      "WHERE l.party_id = a.id AND m.profile_id = l.profile_id");
  while (rows->next()) out.push_back(rows->integer(0));
  return out;
}

std::vector<FormerParty> former_parties(Database& database,
                                        const std::vector<std::string_view>& parties) {
  const std::string select = "SELECT party, profile_uuid FROM former_party";
  std::vector<FormerParty> out;
  const std::int64_t stored = database.number("SELECT COUNT(*) FROM former_party");
  if (stored == 0) return out;
  if (static_cast<std::size_t>(stored) <= parties.size()) {  // sooner read than looked for
    const std::unordered_set<std::string_view> wanted(parties.begin(), parties.end());
    const auto rows = database.query(select);
    while (rows->next()) {
      if (!wanted.contains(rows->text(0))) continue;
      out.push_back({std::string(rows->text(0)), std::string(rows->text(1))});
    }
    return out;
  }
  for (std::size_t begin = 0; begin < parties.size(); begin += kChunk) {
    const std::size_t end = std::min(parties.size(), begin + kChunk);
    std::string marks = "?";
    for (std::size_t i = begin + 1; i < end; ++i) marks += ",?";
    const auto rows = database.query_text(select + " WHERE party IN (" + marks + ")",
                                          {parties.begin() + static_cast<std::ptrdiff_t>(begin),
                                           parties.begin() + static_cast<std::ptrdiff_t>(end)});
    while (rows->next()) out.push_back({std::string(rows->text(0)), std::string(rows->text(1))});
  }
  return out;
}

std::string profile_led_to(Database& database, const std::string& uuid) {
  const auto row =
      database.query_text("SELECT profile_uuid FROM profile_alias WHERE alias = ?", {uuid});
  return row->next() ? std::string(row->text(0)) : uuid;
}

std::vector<std::int64_t> parties_of_profile(Database& database, const std::string& uuid) {
  std::vector<std::int64_t> out;
  const auto rows = database.query_text(
      "SELECT l.party_id FROM profile p JOIN link l ON l.profile_id = p.id WHERE p.uuid = ?",
      {uuid});
  while (rows->next()) out.push_back(rows->integer(0));
  return out;
}

std::vector<ProfileRow> all_profiles(Database& database) {
  std::vector<ProfileRow> out;
  read_profiles(database, "", out);
  return out;
}

std::vector<ProfileRow> profiles(Database& database, const std::vector<std::int64_t>& ids) {
  std::vector<ProfileRow> out;
  for_each_chunk(ids, [&](const std::string& list) {
    read_profiles(database, "WHERE id IN (" + list + ")", out);
  });
  return out;
}

std::vector<StoredDecision> decisions(Database& database) { return read_decisions(database, ""); }

std::vector<StoredDecision> pins(Database& database) {
  return read_decisions(database, " WHERE kind = 'pin'");
}

void add_decisions(Database& database, const std::vector<StoredDecision>& decisions) {
  take_turn_of_acts(database);
  std::int64_t id = largest_id(database, "decision");
  const auto rows =
      database.bulk_insert("decision", {"id", "kind", "left_party", "right_party", "field", "value",
                                        "made_by", "made_at", "run_id"});
  for (const StoredDecision& decision : decisions) {
    rows->add(++id);
    rows->add(decision.kind);
    rows->add(decision.left);
    rows->add_or_null(decision.right);
    rows->add_or_null(decision.field);
    rows->add(decision.value);
    rows->add(decision.made_by);
    rows->add(decision.made_at);
    rows->add(decision.run_id);
    rows->end_row();
  }
  rows->flush();
}

std::int64_t published_decision(Database& database) {
  return hub_state(database, kPublishedDecision, 0);
}

void set_published_decision(Database& database, std::int64_t id) {
  if (id != published_decision(database)) set_hub_state(database, kPublishedDecision, id);
}

bool has_waiting_decisions(Database& database) {
  return largest_id(database, "decision") > published_decision(database);
}

}  // namespace cdh
