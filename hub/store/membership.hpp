// Who belongs to which profile, as last published.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

struct Membership {
  std::int64_t party_id = 0;
  std::string name;             // `as`: tells a record's parties apart
  bool is_person = true;        // or an organization
  std::int64_t profile_id = 0;  // row id
  std::int64_t joined_to = 0;   // a party of the profile; 0: none
  std::string reason;
};

std::vector<Membership> all_memberships(Database& database);
// Those of these parties, and of all parties of these records, that are in a profile.
std::vector<Membership> memberships(Database& database, const std::vector<std::int64_t>& parties);
std::vector<Membership> memberships_of_records(Database& database,
                                               const std::vector<std::int64_t>& records);
// All parties of the profiles that these parties are in.
std::vector<std::int64_t> parties_in_profiles_of(Database& database,
                                                 const std::vector<std::int64_t>& parties);

// A party and a profile it belonged to before, which has no party now: it went with its last record,
// or was merged into another. Should the party come back, or the merge be undone, so does its id.
struct FormerParty {
  std::string party;  // "source/stream/key/as"
  std::string profile_uuid;
};
std::vector<FormerParty> former_parties(Database& database,
                                        const std::vector<std::string_view>& parties);

// The profile that a former id leads to now; any other id leads to itself.
std::string profile_led_to(Database& database, const std::string& uuid);
std::vector<std::int64_t> parties_of_profile(Database& database, const std::string& uuid);

struct ProfileRow {
  std::int64_t id = 0;
  std::string uuid;
  std::int64_t fingerprint = 0;  // of everything that is stored of it
  std::int64_t created_run = 0;
  std::int64_t changed_run = 0;
};
std::vector<ProfileRow> all_profiles(Database& database);
std::vector<ProfileRow> profiles(Database& database, const std::vector<std::int64_t>& ids);

// A steward's word, valid until taken back. Parties are named "source/stream/key/as", so that the
// word outlives every row. A pin is of a profile, by its id: it stays with the part that keeps the
// id, and comes along in a merge. Pins of stores before that are of a party.
struct StoredDecision {
  std::int64_t id = 0;
  std::string kind;          // "together", "apart", "pin"
  std::string left, right;   // of a pin: the profile's UUID, and nothing
  std::string field, value;  // of a pin
  std::string made_by, made_at;
  std::int64_t run_id = 0;  // the last run begun before it was stored
};
// In the order they were made.
std::vector<StoredDecision> decisions(Database& database);
std::vector<StoredDecision> pins(Database& database);  // these among them
// In this order; their ids are given here. In a transaction, at its end: they take their turn, so
// that a later id never comes to be seen before an earlier one.
void add_decisions(Database& database, const std::vector<StoredDecision>& decisions);

// The latest decision that the profiles follow, and whether there are later ones.
std::int64_t published_decision(Database& database);
void set_published_decision(Database& database, std::int64_t id);
bool has_waiting_decisions(Database& database);

}  // namespace cdh
