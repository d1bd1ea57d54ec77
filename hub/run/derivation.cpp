#include "hub/run/derivation.hpp"

#include <algorithm>

#include "hub/base/error.hpp"
#include "hub/base/hash.hpp"
#include "hub/run/consent_settlement.hpp"
#include "hub/run/crowded_values.hpp"
#include "hub/run/event_projection.hpp"
#include "hub/run/household_settlement.hpp"
#include "hub/run/party_matching.hpp"
#include "hub/run/profile_writer.hpp"
#include "hub/run/publication_limit.hpp"
#include "hub/run/review_settlement.hpp"
#include "hub/run/waiting_refs.hpp"
#include "hub/store/consent_reader.hpp"
#include "hub/store/landing.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/review_items.hpp"
#include "hub/store/safety_stop.hpp"

namespace cdh {

namespace {

// Raised when matching or merging gives other results for the same records, or the index of matching
// is written otherwise: everything is then derived anew by the next run.
constexpr std::int64_t kDerivationVersion = 18;

// What the derivation depends on besides records and decisions.
std::int64_t policy_fingerprint(const HubConfig& config) {
  std::string text =
      std::to_string(kDerivationVersion) + ' ' + std::to_string(config.match.max_holders) + ' ' +
      std::to_string(config.match.block_limit) + ' ' + std::to_string(config.match.link_score) +
      ' ' + std::to_string(config.match.review_score) +
      (config.match.households ? "" : " no households");
  text += " blocking " + config.match.blocking.to_string() + " fields " +
          config.match.fields.to_string();
  for (const LevelWeight& weight : config.match.weights) {
    text += " weight " + std::string(name_of(weight.field)) + ' ' + std::to_string(weight.level) +
            ' ' + std::to_string(weight.bits);
  }
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
          names + ", see `cdh runs show " + std::to_string(stopped.front().run_id) +
          "`, and nothing is published before that is read whole again. If it is right as it "
          "is, run `cdh run --accept-changes`");
}

// How much is matched and merged anew.
MatchScope scope_of(Database& database, std::int64_t policy, const DerivationOptions& options) {
  if (options.everything) return MatchScope::anew;
  return hub_state(database, "policy", 0) == policy ? MatchScope::changes : MatchScope::everything;
}

bool has_changes(Database& database) {
  const std::string published = std::to_string(published_run(database));
  return has_waiting_decisions(database) ||
         database.number("SELECT COUNT(*) FROM source_record WHERE changed_run > " + published) > 0;
}

void match_and_merge(Database& database, const HubConfig& config, RunEntry& run, MatchScope scope,
                     const DerivationOptions& options) {
  const auto begin_phase = [&](const char* name) {
    if (options.phase) options.phase(name);
  };
  begin_phase("matching");
  const MatchedParties matched = match_parties(database, config.match, scope, run.id);
  tell(run, describe_crowded(matched.matching.crowded, config.match));
  begin_phase("merging");
  const bool everything = scope != MatchScope::changes;
  Publication publication(database, run.id);
  const std::vector<std::int64_t> event_records =
      take_away_events(database, publication, matched.set);
  ProfileWriter writer(database, options.landing, publication, config, run.id);
  run.profiles = writer.write(matched.set, matched.matching.clustering, everything);
  publish_events(database, publication, event_records);
  const std::vector<UnresolvedRef> waiting = resolve_waiting_refs(database, publication);
  tell(run, describe_waiting(waiting, stream_names(database)));
  publication.flush();
  settle_review_items(database, matched, run.id);
  settle_consents(database, publication, config,
                  everything ? profiles_with_consents(database) : writer.written());
  settle_households(database, publication, config.match, everything);
}

}  // namespace

bool has_other_rules(Database& database, const HubConfig& config) {
  return hub_state(database, "policy", 0) != policy_fingerprint(config);
}

void derive(Database& database, const HubConfig& config, RunEntry& run,
            const DerivationOptions& options) {
  require_no_stopped_stream(database);
  const std::int64_t policy = policy_fingerprint(config);
  const MatchScope scope = scope_of(database, policy, options);
  // Read before the decisions themselves: one that is made meanwhile waits for the next time.
  const std::int64_t last_decision = largest_id(database, "decision");
  const std::int64_t profiles_before = count_profiles(database);
  run.profiles = {};
  if (scope != MatchScope::changes || has_changes(database)) {
    match_and_merge(database, config, run, scope, options);
    set_hub_state(database, "policy", policy);
    set_published_decision(database, last_decision);
  }
  const std::string reason = reason_not_to_publish(run.profiles, profiles_before, config.limits);
  if (!options.accept_changes && !reason.empty()) throw Error(ErrorKind::limit, reason);
  set_hub_state(database, "published_run", run.id);
  run.profiles.total = count_profiles(database);
  run.review_items = count_review_items(database);
}

}  // namespace cdh
