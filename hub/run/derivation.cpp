#include "hub/run/derivation.hpp"

#include <algorithm>
#include <set>

#include "hub/base/error.hpp"
#include "hub/base/hash.hpp"
#include "hub/run/consent_settlement.hpp"
#include "hub/run/crowded_values.hpp"
#include "hub/run/event_projection.hpp"
#include "hub/run/party_set.hpp"
#include "hub/run/profile_writer.hpp"
#include "hub/run/publication_limit.hpp"
#include "hub/run/waiting_refs.hpp"
#include "hub/store/consent_reader.hpp"
#include "hub/store/landing.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/safety_stop.hpp"

namespace cdh {

namespace {

// Raised when matching or merging gives other results for the same records: everything is then
// derived anew by the next run.
constexpr std::int64_t kDerivationVersion = 5;

// From this share of changed records on, going through everything costs less than looking for what
// is affected.
constexpr double kShareForEverything = 0.2;

// What the derivation depends on besides records and decisions.
std::int64_t policy_fingerprint(const HubConfig& config) {
  std::string text =
      std::to_string(kDerivationVersion) + ' ' + std::to_string(config.match.max_holders);
  for (const std::string& source : config.match.one_per_source) text += " one " + source;
  const auto add_chain = [&](const std::vector<Survivorship>& chain) {
    for (const Survivorship rule : chain) text += ' ' + std::to_string(static_cast<int>(rule));
  };
  add_chain(config.merge.chain);
  for (const auto& [field, chain] : config.merge.fields) {
    text += " field " + field;
    add_chain(chain);
  }
  for (const SourceConfig& source : config.sources) {
    text += " trust " + source.name + ' ' + std::to_string(source.trust);
  }
  return static_cast<std::int64_t>(hash64(text));
}

void remove_match_keys(Publication& publication, const PartySet& set) {
  const auto remove_missing = [&](const Membership& prior, const std::vector<std::uint64_t>& now) {
    for (const std::uint64_t key : prior.match_keys) {
      if (!std::binary_search(now.begin(), now.end(), key)) {
        publication.remove_match_key(key, prior.party_id);
      }
    }
  };
  for (std::size_t i = 0; i < set.signatures.size(); ++i) {
    const Signature& signature = set.signatures[i];
    const bool moved = set.prior[i].party_id != signature.identity.id;
    remove_missing(set.prior[i], moved ? std::vector<std::uint64_t>() : block_keys(signature));
  }
  for (const Membership& departed : set.departed) remove_missing(departed, {});
}

// In the order of the store, whose keys are signed: the postings' upper half comes first.
void add_match_keys(Publication& publication, const PartySet& set) {
  // The postings lead to the parties in no order, so what each asks of one stands close together.
  std::vector<std::int64_t> ids(set.signatures.size());
  std::vector<bool> has_keys(set.signatures.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    ids[i] = set.signatures[i].identity.id;
    has_keys[i] = set.prior[i].party_id == ids[i];
  }
  const auto add = [&](const Posting& posting) {
    const bool is_known =
        has_keys[posting.member] &&
        std::ranges::binary_search(set.prior[posting.member].match_keys, posting.key);
    if (!is_known) publication.add_match_key(posting.key, ids[posting.member]);
  };
  constexpr std::uint64_t kLowest = std::uint64_t{1} << 63;
  const auto upper = std::ranges::lower_bound(set.postings, kLowest, {}, &Posting::key);
  std::for_each(upper, set.postings.end(), add);
  std::for_each(set.postings.begin(), upper, add);
}

PartySet load_parties(Database& database, const MatchPolicy& policy, bool everything, bool anew) {
  PartyLoader loader(database, policy);
  if (anew) return loader.anew();
  return everything ? loader.everything() : loader.affected();
}

// Removes the events that are to be written anew, and returns the records they come from.
std::vector<std::int64_t> take_away_events(Database& database, Publication& publication,
                                           const PartySet& set) {
  if (set.anew) {
    publication.remove_all_events();
    return set.event_records;
  }
  publication.remove_events_of_records(set.republished_records);
  std::vector<std::int64_t> moved =
      records_with_moved_refs(database, publication, set.republished_records);
  const std::vector<std::int64_t> lost = records_that_wait_for_no_stream(database);
  moved.insert(moved.end(), lost.begin(), lost.end());
  std::sort(moved.begin(), moved.end());
  moved.erase(std::unique(moved.begin(), moved.end()), moved.end());
  publication.remove_events_of_records(moved);
  std::vector<std::int64_t> records = set.event_records;
  records.insert(records.end(), moved.begin(), moved.end());
  std::sort(records.begin(), records.end());
  return records;
}

void tell(RunEntry& run, const std::string& what) {
  if (!what.empty()) run.message += (run.message.empty() ? "" : ". ") + what;
}

void require_no_stopped_stream(Database& database) {
  const std::vector<StoppedStream> stopped = stopped_streams(database);
  if (stopped.empty()) return;
  std::string names;
  for (const StoppedStream& stream : stopped) {
    names += (names.empty() ? "" : ", ") + stream.source + "/" + stream.stream;
  }
  throw Error(
      ErrorKind::limit,
      "run " + std::to_string(stopped.front().run_id) + " was stopped by a safety limit of " +
          names +
          ", and nothing is published before that is read whole again. If it is right as it "
          "is, run `cdh run --accept-changes`");
}

}  // namespace

void derive(Database& database, const HubConfig& config, RunEntry& run,
            const DerivationOptions& options) {
  const auto begin_phase = [&](const char* name) {
    if (options.phase) options.phase(name);
  };
  require_no_stopped_stream(database);
  const std::int64_t published = published_run(database);
  const std::int64_t policy = policy_fingerprint(config);
  const bool new_policy = hub_state(database, "policy", 0) != policy;
  const std::int64_t changed = database.number(
      "SELECT COUNT(*) FROM source_record WHERE changed_run > " + std::to_string(published));
  const std::int64_t records = database.number("SELECT MAX(id) FROM source_record");
  // Read before the decisions themselves: one that is made meanwhile waits for the next time.
  const std::int64_t last_decision = largest_id(database, "decision");
  const std::int64_t profiles_before = count_profiles(database);
  run.profiles = {};
  if (changed > 0 || new_policy || options.everything || has_waiting_decisions(database)) {
    begin_phase("matching");
    const bool everything =
        options.everything || new_policy ||
        static_cast<double>(changed) >= kShareForEverything * static_cast<double>(records);
    const PartySet set = load_parties(database, config.match, everything, options.everything);
    const Clustering clustering =
        cluster(set.signatures, set.postings, set.decisions, config.match, set.crowded);
    tell(run, describe_crowded(set, config.match.max_holders));
    begin_phase("merging");
    Publication publication(database, run.id);
    const std::vector<std::int64_t> event_records = take_away_events(database, publication, set);
    ProfileWriter writer(database, publication, config, run.id);
    run.profiles = writer.write(set, clustering);
    remove_match_keys(publication, set);
    add_match_keys(publication, set);
    publish_events(database, publication, event_records);
    const std::vector<UnresolvedRef> waiting = resolve_waiting_refs(database, publication);
    tell(run, describe_waiting(waiting, stream_names(database)));
    publication.flush();
    settle_consents(database, publication, config,
                    everything ? profiles_with_consents(database) : writer.written());
    set_hub_state(database, "policy", policy);
    set_published_decision(database, last_decision);
  }
  const std::string reason = reason_not_to_publish(run.profiles, profiles_before);
  if (!options.accept_changes && !reason.empty()) throw Error(ErrorKind::limit, reason);
  set_hub_state(database, "published_run", run.id);
  run.profiles.total = count_profiles(database);
}

}  // namespace cdh
