#include "hub/run/party_set.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "hub/match/ordered_work.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

namespace {

// Records whose signatures are made at one time.
constexpr std::size_t kRecordsPerBlock = 5'000;

// When more than one party in so many has changed, all are sooner matched anew.
constexpr std::int64_t kPartiesPerChange = 5;

bool is_contact(const MappedEntity& mapped) {
  return entity(mapped.entity).role == EntityRole::contact;
}

}  // namespace

std::string party_key(const StreamName& stream, std::string_view source_key, std::string_view as) {
  std::string key;
  key.reserve(stream.source.size() + stream.stream.size() + source_key.size() + as.size() + 3);
  key.append(stream.source).append("/").append(stream.stream).append("/");
  key.append(source_key).append("/").append(as);
  return key;
}

PartyLoader::PartyLoader(Database& database)
    : database_(database), stored_decisions_(decisions(database)) {
  for (StreamName& stream : stream_names(database)) {
    const std::int64_t id = stream.id;
    streams_.emplace(id, std::move(stream));
  }
}

PartySet PartyLoader::everything(const MatchModel* model) {
  for (Membership& membership : all_memberships(database_)) {
    const std::int64_t party = membership.party_id;
    prior_of_party_.emplace(party, std::move(membership));
  }
  RecordReader records = RecordReader::all(database_);
  add_records(records, std::numeric_limits<std::size_t>::max());
  set_.name_orders =
      model ? model->name_orders : learn_name_orders(set_.signatures, set_.vocabulary);
  settle_name_orders(set_.name_orders, set_.signatures, set_.vocabulary);
  match_prior();
  resolve_decisions();
  return std::move(set_);
}

PartySet PartyLoader::anew(const MatchModel* model) {
  set_.anew = true;
  PartySet set = everything(model);
  set.republished_records.clear();
  return set;
}

std::optional<MatchedParties> PartyLoader::touched(MatchIndex& index, const MatchModel& model,
                                                   const MatchPolicy& policy,
                                                   PartyCounts& parties) {
  has_all_ = false;
  const std::int64_t most = (parties[0] + parties[1]) / kPartiesPerChange;
  RecordReader records = RecordReader::changed_since(database_, published_run(database_));
  add_records(records, static_cast<std::size_t>(most));
  if (std::ssize(set_.signatures) > most) return std::nullopt;
  set_.name_orders = model.name_orders;
  settle_name_orders(set_.name_orders, set_.signatures, set_.vocabulary);
  const auto add_prior = [&](std::vector<Membership> memberships) {
    for (Membership& membership : memberships) {
      const std::int64_t party = membership.party_id;
      prior_of_party_.emplace(party, std::move(membership));
    }
  };
  add_prior(memberships_of_records(database_, set_.changed_records));
  resolve_decisions();
  const PartyCounts before = parties;
  PartyChanges changes = take_changes(parties);
  const bool are_many = std::ssize(changes.present) + std::ssize(changes.gone) > most;
  if (are_many || !is_carried_over_alike(model, before, parties)) return std::nullopt;
  const auto companions = [&](std::span<const std::int64_t> of) {
    return parties_in_profiles_of(database_, {of.begin(), of.end()});
  };
  changes.others = newly_decided_;
  for (const std::string& uuid : set_.newly_pinned) {
    std::ranges::copy(parties_of_profile(database_, uuid), std::back_inserter(changes.others));
  }
  TouchedParties found = match_changes(index, std::move(changes), set_.vocabulary, set_.decisions,
                                       companions, policy, carried_over(model, parties));
  set_.signatures = std::move(found.signatures);
  std::vector<std::int64_t> ids;
  for (const Signature& signature : set_.signatures) ids.push_back(signature.identity.id);
  add_prior(memberships(database_, ids));
  match_prior();
  return MatchedParties{std::move(set_), std::move(found.matching), std::move(found.is_touched)};
}

// What has become of the parties of the changed records.
PartyChanges PartyLoader::take_changes(PartyCounts& parties) {
  PartyChanges changes;
  std::unordered_set<std::int64_t> present;
  for (const Signature& signature : set_.signatures) {
    present.insert(signature.identity.id);
    ++parties[static_cast<std::size_t>(signature.kind)];
  }
  for (const auto& [party, membership] : prior_of_party_) {
    --parties[static_cast<std::size_t>(membership.is_person ? PartyKind::person
                                                            : PartyKind::organization)];
    if (!present.contains(party)) changes.gone.push_back(party);
  }
  changes.present = std::move(set_.signatures);
  return changes;
}

// While the signatures of some blocks are made, with words of their own, this thread, the
// connection's, reads the next block.
void PartyLoader::add_records(RecordReader& records, std::size_t most_parties) {
  OrderedWork<Parties> making([this](Parties parties) { append(std::move(parties)); });
  for (;;) {
    std::vector<StoredRecord> block = records.next_block(kRecordsPerBlock);
    if (block.empty() || set_.signatures.size() > most_parties) break;
    note_changed(block);
    making.begin([this, block = std::move(block)] { return parties_of(block); });
  }
  making.finish();
}

void PartyLoader::note_changed(const std::vector<StoredRecord>& block) {
  for (const StoredRecord& record : block) {
    if (!record.changed) continue;
    set_.changed_records.push_back(record.id);
    if (!record.is_new) set_.republished_records.push_back(record.id);
  }
}

PartyLoader::Parties PartyLoader::parties_of(const std::vector<StoredRecord>& block) {
  Parties parties;
  parties.signatures.reserve(block.size());
  for (const StoredRecord& record : block) {
    if (!record.gone) add_parties_of(record, parties);
  }
  return parties;
}

void PartyLoader::add_parties_of(const StoredRecord& record, Parties& parties) {
  const MappedRecord mapped = mapped_record_from_json(record.mapped);
  const StreamName& stream = streams_.at(record.stream_id);
  std::size_t place = 0;
  bool has_events = false;
  for (std::size_t i = 0; i < mapped.entities.size(); ++i) {
    const MappedEntity& candidate = mapped.entities[i];
    if (is_contact(candidate)) continue;
    const std::int64_t id = entity_id(record.id, place++);
    if (entity(candidate.entity).role == EntityRole::event) {
      has_events = true;
      continue;
    }
    parties.signatures.push_back(
        make_signature({id, stream.source_id, party_key(stream, record.source_key, candidate.as)},
                       mapped, i, parties.words));
  }
  if (has_events && (record.changed || set_.anew)) parties.event_records.push_back(record.id);
}

void PartyLoader::append(Parties parties) {
  const std::vector<WordId> ids = set_.vocabulary.intern(parties.words);
  for (Signature& signature : parties.signatures) {
    renumber_words(signature, ids);
    set_.signatures.push_back(std::move(signature));
  }
  std::ranges::copy(parties.event_records, std::back_inserter(set_.event_records));
}

// Lays each party's former membership beside its signature; the others have departed. A party is
// the same by its name in the mapping: it stands at another place when its record's contact is left
// out, or when the mapping changes. Failing that, by its place and kind: a mapping may be renamed,
// but a person never becomes a company.
void PartyLoader::match_prior() {
  set_.prior.assign(set_.signatures.size(), Membership{});
  std::vector<std::size_t> left;
  for (std::size_t i = 0; i < set_.signatures.size() && !prior_of_party_.empty(); ++i) {
    const std::int64_t id = set_.signatures[i].identity.id;
    bool found = take_prior(i, id, true);
    for (std::size_t place = 0; !found && place < kIdsPerRecord; ++place) {
      found = take_prior(i, entity_id(record_of(id), place), true);
    }
    if (!found) left.push_back(i);
  }
  for (const std::size_t i : left) take_prior(i, set_.signatures[i].identity.id, false);
  for (auto& [party, membership] : prior_of_party_) {
    set_.departed.push_back(std::move(membership));
  }
  std::sort(set_.departed.begin(), set_.departed.end(),
            [](const Membership& a, const Membership& b) { return a.party_id < b.party_id; });
}

bool PartyLoader::take_prior(std::size_t signature, std::int64_t party_id, bool of_same_name) {
  const auto at = prior_of_party_.find(party_id);
  if (at == prior_of_party_.end()) return false;
  const std::string_view key = set_.signatures[signature].identity.key;
  if (of_same_name && key.substr(key.rfind('/') + 1) != at->second.name) return false;
  if (at->second.is_person != (set_.signatures[signature].kind == PartyKind::person)) return false;
  set_.prior[signature] = std::move(at->second);
  prior_of_party_.erase(at);
  return true;
}

// A later decision on the same pair replaces an earlier one, so the latest is taken first.
void PartyLoader::resolve_decisions() {
  std::vector<std::string> keys;
  for (const StoredDecision& stored : stored_decisions_) {
    if (stored.kind == "pin") continue;
    keys.push_back(stored.left);
    keys.push_back(stored.right);
  }
  const std::unordered_map<std::string, std::int64_t> party_of = find_parties(keys);
  const std::int64_t published = published_decision(database_);
  std::set<std::pair<std::int64_t, std::int64_t>> decided;
  for (auto stored = stored_decisions_.rbegin(); stored != stored_decisions_.rend(); ++stored) {
    const bool is_new = stored->id > published;
    if (stored->kind == "pin") {
      if (is_new) set_.newly_pinned.insert(profile_led_to(database_, stored->left));
      continue;
    }
    const auto left = party_of.find(stored->left), right = party_of.find(stored->right);
    if (left == party_of.end() || right == party_of.end()) continue;
    Decision decision;
    decision.kind = stored->kind == "together" ? Decision::Kind::always_together
                                               : Decision::Kind::never_together;
    decision.party_a = std::min(left->second, right->second);
    decision.party_b = std::max(left->second, right->second);
    if (decided.emplace(decision.party_a, decision.party_b).second) {
      set_.decisions.push_back(decision);
    }
    if (is_new) newly_decided_.insert(newly_decided_.end(), {left->second, right->second});
    if (is_new && stored->kind == "apart") set_.leaving.insert(left->second);
  }
  std::ranges::reverse(set_.decisions);
}

std::unordered_map<std::string, std::int64_t> PartyLoader::find_parties(
    const std::vector<std::string>& keys) {
  std::unordered_map<std::string, std::int64_t> found;
  if (keys.empty()) return found;
  const std::unordered_set<std::string_view> wanted(keys.begin(), keys.end());
  for (const Signature& signature : set_.signatures) {
    const PartyIdentity& identity = signature.identity;
    if (wanted.contains(identity.key)) found.emplace(identity.key, identity.id);
  }
  if (!has_all_) find_published_parties(keys, found);
  return found;
}

void PartyLoader::find_published_parties(const std::vector<std::string>& keys,
                                         std::unordered_map<std::string, std::int64_t>& found) {
  const std::unordered_set<std::int64_t> changed(set_.changed_records.begin(),
                                                 set_.changed_records.end());
  for (const auto& [stream_id, stream] : streams_) {
    const std::string prefix = stream.source + "/" + stream.stream + "/";
    std::vector<std::string> source_keys;
    for (const std::string& key : keys) {
      const std::size_t end = key.rfind('/');
      if (!key.starts_with(prefix) || end < prefix.size()) continue;
      source_keys.push_back(key.substr(prefix.size(), end - prefix.size()));
    }
    std::vector<std::int64_t> records;
    std::unordered_map<std::int64_t, std::string> key_of_record;
    for (const auto& [source_key, record] : find_records(database_, stream_id, source_keys)) {
      if (changed.contains(record)) continue;
      if (key_of_record.emplace(record, source_key).second) records.push_back(record);
    }
    for (const Membership& membership : memberships_of_records(database_, records)) {
      const std::int64_t party = membership.party_id;
      found.emplace(party_key(stream, key_of_record.at(record_of(party)), membership.name), party);
    }
  }
}

}  // namespace cdh
