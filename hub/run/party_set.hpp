// The parties that a night can have changed the profiles of: all of them, or the changed ones and
// whoever shares a match key, a profile or a decision with one of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "hub/match/blocking.hpp"
#include "hub/match/clustering.hpp"
#include "hub/match/signature.hpp"
#include "hub/model/policy.hpp"
#include "hub/store/database.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/record_reader.hpp"

namespace cdh {

// A set that is closed in the sense of clustering.hpp, so that clustering it gives what clustering
// everything would give.
struct PartySet {
  std::vector<Signature> signatures;  // of every present party of the set
  std::vector<Posting> postings;      // of the signatures
  // For each signature; profile 0: to none yet. The party may have had another id, when it stood at
  // another place of its record.
  std::vector<Membership> prior;
  std::vector<Membership> departed;  // parties that were published and are not there any more
  KeySet crowded;
  std::vector<Decision> decisions;
  std::unordered_set<std::int64_t> leaving;  // parties that a new decision sends from their profile

  std::vector<std::int64_t> changed_records;      // landed since the last publication
  std::vector<std::int64_t> republished_records;  // of these: published before
  // Of the changed and present, or of all present ones if `anew`: those with events.
  std::vector<std::int64_t> event_records;
  // Nothing that is published counts but who belongs to which profile: all of it is to be replaced.
  bool anew = false;
};

// A party by the name decisions use: "source/stream/key/as".
std::string party_key(const StreamName& stream, std::string_view source_key, std::string_view as);

class PartyLoader {
 public:
  PartyLoader(Database& database, const MatchPolicy& policy);

  PartySet everything();
  // The same, to be written as into an empty store: no match key and no event is there already.
  PartySet anew();
  PartySet affected();

 private:
  // What one record brings, and some records together.
  struct Parties {
    std::vector<Signature> signatures;
    std::vector<std::int64_t> event_records;
  };
  void add_records(RecordReader& records);
  void note_changed(const std::vector<StoredRecord>& block);
  Parties parties_of(const std::vector<StoredRecord>& block) const;
  void add_parties_of(const StoredRecord& record, Parties& parties) const;
  void append(Parties parties);
  void take_memberships(const std::vector<Membership>& memberships);
  void match_prior();
  bool take_prior(std::size_t signature, std::int64_t party_id, bool of_same_name);
  void resolve_decisions();

  // For affected().
  void load_changed();
  void close();
  void want_holders(const std::vector<std::uint64_t>& keys, std::vector<std::int64_t>& wanted);
  void want_profile_members(std::vector<std::int64_t>& wanted);
  void want_decided(std::vector<std::int64_t>& wanted);
  void look_up_decided();
  std::vector<std::int64_t> missing_records(const std::vector<std::int64_t>& party_ids) const;
  void load_records(const std::vector<std::int64_t>& record_ids);

  Database& database_;
  const MatchPolicy& policy_;
  std::unordered_map<std::int64_t, StreamName> streams_;
  std::vector<StoredDecision> stored_decisions_;
  // The records of each decision's two sides; 0: none was ever landed.
  std::vector<std::pair<std::int64_t, std::int64_t>> decided_records_;
  PartySet set_;
  std::unordered_map<std::int64_t, Membership> prior_of_party_;
  std::unordered_set<std::int64_t> loaded_records_;
  std::unordered_set<std::int64_t> changed_records_;
  std::unordered_map<std::uint64_t, std::size_t> changed_holders_;  // of a key, among the changed
  std::unordered_set<std::uint64_t> judged_keys_;
  std::unordered_set<std::int64_t> judged_profiles_;
};

}  // namespace cdh
