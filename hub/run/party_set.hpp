// The parties as they stand now, beside the profiles they are published in.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "hub/match/clustering.hpp"
#include "hub/match/incremental_matching.hpp"
#include "hub/match/name_order.hpp"
#include "hub/match/signature.hpp"
#include "hub/store/database.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/record_reader.hpp"

namespace cdh {

struct PartySet {
  std::vector<Signature> signatures;  // of every present party
  Vocabulary vocabulary;              // of their words
  NameOrders name_orders;             // by which their names are settled
  // For each signature; profile 0: to none yet. The party may have had another id, when it stood at
  // another place of its record.
  std::vector<Membership> prior;
  std::vector<Membership> departed;  // parties that were published and are not there any more
  std::vector<Decision> decisions;
  std::unordered_set<std::int64_t> leaving;  // parties that a new decision sends from their profile
  std::unordered_set<std::string> newly_pinned;  // ids of profiles with new pins, as made

  std::vector<std::int64_t> changed_records;      // landed since the last publication
  std::vector<std::int64_t> republished_records;  // of these: published before
  // Of the changed and present, or of all present ones if `anew`: those with events.
  std::vector<std::int64_t> event_records;
  // Nothing that is published counts but who belongs to which profile: all of it is to be replaced.
  bool anew = false;
};

// Parties beside what matching says of them.
struct MatchedParties {
  PartySet set;
  Matching matching;
  // For each signature: TouchedParties::is_touched. Nothing: everything was matched.
  std::optional<std::vector<bool>> is_touched;
};

// A party by the name decisions use: "source/stream/key/as".
std::string party_key(const StreamName& stream, std::string_view source_key, std::string_view as);

// Asked once, for one of the three. Names are settled by the model's orders, or where there is none by
// what they show themselves.
class PartyLoader {
 public:
  explicit PartyLoader(Database& database);

  PartySet everything(const MatchModel* model);
  // The same, to be written as into an empty store: no event is there already.
  PartySet anew(const MatchModel* model);
  // Of the parties that the changes since the last publication reach, matched by the index and this
  // model, which is not carried over yet. `parties` are counted on from the last publication's
  // number to today's. Nothing, and the index as it was, when these make the model another or so
  // many parties have changed that matching everything is sooner done.
  std::optional<MatchedParties> touched(MatchIndex& index, const MatchModel& model,
                                        const MatchPolicy& policy, PartyCounts& parties);

 private:
  // What some records bring.
  struct Parties {
    WordList words;  // of the signatures
    std::vector<Signature> signatures;
    std::vector<std::int64_t> event_records;
  };
  // Until these are all, or more than so many parties were found.
  void add_records(RecordReader& records, std::size_t most_parties);
  void note_changed(const std::vector<StoredRecord>& block);
  Parties parties_of(const std::vector<StoredRecord>& block);
  void add_parties_of(const StoredRecord& record, Parties& parties);
  void append(Parties parties);
  void match_prior();
  bool take_prior(std::size_t signature, std::int64_t party_id, bool of_same_name);
  PartyChanges take_changes(PartyCounts& parties);
  void resolve_decisions();
  // The parties with these names that are there; of a record that has changed, as it is now.
  std::unordered_map<std::string, std::int64_t> find_parties(const std::vector<std::string>& keys);
  void find_published_parties(const std::vector<std::string>& keys,
                              std::unordered_map<std::string, std::int64_t>& found);

  Database& database_;
  std::unordered_map<std::int64_t, StreamName> streams_;
  std::vector<StoredDecision> stored_decisions_;
  PartySet set_;
  bool has_all_ = true;  // of the parties that are there
  std::vector<std::int64_t> newly_decided_;
  std::unordered_map<std::int64_t, Membership> prior_of_party_;
};

}  // namespace cdh
