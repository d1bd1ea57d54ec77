#include "hub/run/party_set.hpp"

#include <algorithm>
#include <future>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "hub/store/run_log.hpp"

namespace cdh {

namespace {

// Records whose signatures are made at one time.
constexpr std::size_t kRecordsPerBlock = 5'000;

bool is_contact(const MappedEntity& mapped) {
  return entity(mapped.entity).role == EntityRole::contact;
}

// "erp/customers" and "17" of "erp/customers/17/person"; empty of what names no party.
struct PartyKeyParts {
  std::string_view stream, source_key;
};

PartyKeyParts parts_of(std::string_view party) {
  const std::size_t stream_end = party.find('/', party.find('/') + 1);
  const std::size_t as_begin = party.rfind('/');
  if (stream_end == std::string_view::npos || as_begin <= stream_end) return {};
  return {party.substr(0, stream_end), party.substr(stream_end + 1, as_begin - stream_end - 1)};
}

}  // namespace

std::string party_key(const StreamName& stream, std::string_view source_key, std::string_view as) {
  std::string key;
  key.reserve(stream.source.size() + stream.stream.size() + source_key.size() + as.size() + 3);
  key.append(stream.source).append("/").append(stream.stream).append("/");
  key.append(source_key).append("/").append(as);
  return key;
}

PartyLoader::PartyLoader(Database& database, const MatchPolicy& policy)
    : database_(database), policy_(policy), stored_decisions_(decisions(database)) {
  for (StreamName& stream : stream_names(database)) {
    const std::int64_t id = stream.id;
    streams_.emplace(id, std::move(stream));
  }
}

PartySet PartyLoader::everything() {
  take_memberships(all_memberships(database_));
  RecordReader records = RecordReader::all(database_);
  add_records(records);
  match_prior();
  set_.postings = key_postings(set_.signatures);
  set_.crowded = find_crowded(set_.postings, policy_);
  resolve_decisions();
  return std::move(set_);
}

PartySet PartyLoader::anew() {
  set_.anew = true;
  PartySet set = everything();
  set.republished_records.clear();
  for (Membership& membership : set.prior) membership.match_keys.clear();
  for (Membership& membership : set.departed) membership.match_keys.clear();
  return set;
}

PartySet PartyLoader::affected() {
  load_changed();
  close();
  match_prior();
  set_.postings = key_postings(set_.signatures);
  resolve_decisions();
  return std::move(set_);
}

// While the signatures of one block are made on a thread of their own, this one, the connection's,
// reads the next block.
void PartyLoader::add_records(RecordReader& records) {
  std::future<Parties> making;
  for (;;) {
    std::vector<StoredRecord> block = records.next_block(kRecordsPerBlock);
    note_changed(block);
    if (making.valid()) append(making.get());
    if (block.empty()) return;
    making = std::async(std::launch::async,
                        [this, block = std::move(block)] { return parties_of(block); });
  }
}

void PartyLoader::note_changed(const std::vector<StoredRecord>& block) {
  for (const StoredRecord& record : block) {
    if (!record.changed) continue;
    set_.changed_records.push_back(record.id);
    if (!record.is_new) set_.republished_records.push_back(record.id);
  }
}

PartyLoader::Parties PartyLoader::parties_of(const std::vector<StoredRecord>& block) const {
  Parties parties;
  parties.signatures.reserve(block.size());
  for (const StoredRecord& record : block) {
    if (!record.gone) add_parties_of(record, parties);
  }
  return parties;
}

void PartyLoader::add_parties_of(const StoredRecord& record, Parties& parties) const {
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
    parties.signatures.push_back(make_signature(
        {id, stream.source_id, party_key(stream, record.source_key, candidate.as)}, mapped, i));
  }
  if (has_events && (record.changed || set_.anew)) parties.event_records.push_back(record.id);
}

void PartyLoader::append(Parties parties) {
  std::ranges::move(parties.signatures, std::back_inserter(set_.signatures));
  std::ranges::copy(parties.event_records, std::back_inserter(set_.event_records));
}

void PartyLoader::take_memberships(const std::vector<Membership>& memberships) {
  for (const Membership& membership : memberships) {
    prior_of_party_.emplace(membership.party_id, membership);
  }
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
  if (stored_decisions_.empty()) return;
  std::unordered_map<std::string_view, std::int64_t> party_of;
  for (const Signature& signature : set_.signatures) {
    party_of.emplace(signature.identity.key, signature.identity.id);
  }
  const std::int64_t published = published_decision(database_);
  std::set<std::pair<std::int64_t, std::int64_t>> decided;
  for (auto stored = stored_decisions_.rbegin(); stored != stored_decisions_.rend(); ++stored) {
    const auto left = party_of.find(stored->left), right = party_of.find(stored->right);
    if (stored->kind == "pin" || left == party_of.end() || right == party_of.end()) continue;
    Decision decision;
    decision.kind = stored->kind == "together" ? Decision::Kind::always_together
                                               : Decision::Kind::never_together;
    decision.party_a = std::min(left->second, right->second);
    decision.party_b = std::max(left->second, right->second);
    if (decided.emplace(decision.party_a, decision.party_b).second) {
      set_.decisions.push_back(decision);
    }
    if (stored->kind == "apart" && stored->id > published) set_.leaving.insert(left->second);
  }
  std::ranges::reverse(set_.decisions);
}

// --- The changed part and its closure ------------------------------------------------------------

void PartyLoader::load_changed() {
  RecordReader records = RecordReader::changed_since(database_, published_run(database_));
  add_records(records);
  take_memberships(memberships_of_records(database_, set_.republished_records));
  changed_records_.insert(set_.changed_records.begin(), set_.changed_records.end());
  loaded_records_ = changed_records_;
  for (const Signature& signature : set_.signatures) {
    for (const std::uint64_t key : block_keys(signature)) ++changed_holders_[key];
  }
}

// Repeats until nothing new comes in: the holders of every key of every member, the members of
// every profile a member came from, the other side of every decision, and the members of every
// profile that was pinned a value.
void PartyLoader::close() {
  std::vector<std::uint64_t> keys;
  for (const auto& [party, membership] : prior_of_party_) {
    keys.insert(keys.end(), membership.match_keys.begin(), membership.match_keys.end());
  }
  std::size_t closed = 0;
  for (;;) {
    for (; closed < set_.signatures.size(); ++closed) {
      const std::vector<std::uint64_t> own = block_keys(set_.signatures[closed]);
      keys.insert(keys.end(), own.begin(), own.end());
    }
    std::vector<std::int64_t> wanted;
    want_holders(std::exchange(keys, {}), wanted);
    want_profile_members(wanted);
    want_decided(wanted);
    const std::vector<std::int64_t> records = missing_records(wanted);
    if (records.empty()) return;
    load_records(records);
  }
}

void PartyLoader::want_profile_members(std::vector<std::int64_t>& wanted) {
  std::vector<std::int64_t> profile_ids;
  for (const auto& [party, membership] : prior_of_party_) {
    if (judged_profiles_.insert(membership.profile_id).second) {
      profile_ids.push_back(membership.profile_id);
    }
  }
  for (Membership& membership : memberships_of_profiles(database_, profile_ids)) {
    wanted.push_back(membership.party_id);
    prior_of_party_.emplace(membership.party_id, std::move(membership));
  }
}

void PartyLoader::want_decided(std::vector<std::int64_t>& wanted) {
  if (decided_records_.size() < stored_decisions_.size()) look_up_decided();
  const std::int64_t published = published_decision(database_);
  for (std::size_t i = 0; i < stored_decisions_.size(); ++i) {
    const StoredDecision& decision = stored_decisions_[i];
    if (decision.kind == "pin" && decision.id > published) {
      const auto parties = parties_of_profile(database_, profile_led_to(database_, decision.left));
      wanted.insert(wanted.end(), parties.begin(), parties.end());
    }
    const auto [left, right] = decided_records_[i];
    const bool touched = loaded_records_.contains(left) || loaded_records_.contains(right);
    if (!touched && decision.id <= published) continue;
    for (const std::int64_t record : {left, right}) {
      if (record != 0) wanted.push_back(entity_id(record, 0));
    }
  }
}

// One merge of large profiles decides on thousands of pairs, but of few parties: each is looked up
// once, and many at a time.
void PartyLoader::look_up_decided() {
  std::unordered_map<std::string_view, std::int64_t> record_of_party;
  for (const StoredDecision& decision : stored_decisions_) {
    record_of_party.emplace(decision.left, 0);
    record_of_party.emplace(decision.right, 0);
  }
  std::map<std::string_view, std::vector<std::string>> keys_of;  // by "source/stream"
  for (const auto& [party, record] : record_of_party) {
    const PartyKeyParts parts = parts_of(party);
    if (!parts.source_key.empty()) keys_of[parts.stream].emplace_back(parts.source_key);
  }
  std::map<std::string_view, std::unordered_map<std::string, std::int64_t>> found;
  for (const auto& [id, name] : streams_) {
    const auto at = keys_of.find(name.source + "/" + name.stream);
    if (at != keys_of.end()) found[at->first] = find_records(database_, id, at->second);
  }
  for (auto& [party, record] : record_of_party) {
    const PartyKeyParts parts = parts_of(party);
    const auto stream = found.find(parts.stream);
    if (stream == found.end()) continue;
    const auto at = stream->second.find(std::string(parts.source_key));
    if (at != stream->second.end()) record = at->second;
  }
  decided_records_.clear();
  for (const StoredDecision& decision : stored_decisions_) {
    decided_records_.emplace_back(record_of_party.at(decision.left),
                                  record_of_party.at(decision.right));
  }
}

std::vector<std::int64_t> PartyLoader::missing_records(
    const std::vector<std::int64_t>& party_ids) const {
  std::vector<std::int64_t> records;
  for (const std::int64_t party : party_ids) {
    if (!loaded_records_.contains(record_of(party))) records.push_back(record_of(party));
  }
  std::sort(records.begin(), records.end());
  records.erase(std::unique(records.begin(), records.end()), records.end());
  return records;
}

void PartyLoader::load_records(const std::vector<std::int64_t>& record_ids) {
  constexpr std::size_t kChunk = 5'000;
  for (std::size_t begin = 0; begin < record_ids.size(); begin += kChunk) {
    const std::size_t end = std::min(record_ids.size(), begin + kChunk);
    const std::vector<std::int64_t> chunk(record_ids.begin() + static_cast<std::ptrdiff_t>(begin),
                                          record_ids.begin() + static_cast<std::ptrdiff_t>(end));
    RecordReader records = RecordReader::of(database_, chunk);
    loaded_records_.insert(chunk.begin(), chunk.end());
    add_records(records);
    take_memberships(memberships_of_records(database_, chunk));
  }
}

// Counts each key's holders before and after this night's changes. A key that is not crowded, or
// was not before, brings all its holders in.
void PartyLoader::want_holders(const std::vector<std::uint64_t>& keys,
                               std::vector<std::int64_t>& wanted) {
  std::vector<std::uint64_t> fresh;
  for (const std::uint64_t key : keys) {
    if (judged_keys_.insert(key).second) fresh.push_back(key);
  }
  struct Holders {
    std::vector<std::int64_t> before;
    std::size_t now = 0;
  };
  std::unordered_map<std::uint64_t, Holders> holders_of;
  for (const StoredPosting& posting : postings(database_, fresh)) {
    Holders& holders = holders_of[posting.key];
    holders.before.push_back(posting.party_id);
    if (!changed_records_.contains(record_of(posting.party_id))) ++holders.now;
  }
  const auto limit = static_cast<std::size_t>(policy_.max_holders);
  for (const std::uint64_t key : fresh) {
    Holders& holders = holders_of[key];
    if (const auto at = changed_holders_.find(key); at != changed_holders_.end()) {
      holders.now += at->second;
    }
    if (holders.now > limit) set_.crowded.insert(key);
    if (holders.now > limit && holders.before.size() > limit) continue;
    wanted.insert(wanted.end(), holders.before.begin(), holders.before.end());
  }
}

}  // namespace cdh
