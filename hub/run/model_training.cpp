#include "hub/run/model_training.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "hub/base/error.hpp"
#include "hub/match/matching.hpp"
#include "hub/match/profile_assignment.hpp"
#include "hub/run/logged_run.hpp"
#include "hub/run/party_set.hpp"
#include "hub/store/audit.hpp"
#include "hub/store/landing.hpp"
#include "hub/store/match_model_store.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/review_items.hpp"

namespace cdh {

namespace {

constexpr std::size_t kWeightsShown = 5;

ProfileChanges compare_profiles(Database& database, const PartySet& set,
                                const Clustering& clustering) {
  std::unordered_map<std::int64_t, std::string> uuid_of;
  for (ProfileRow& row : all_profiles(database)) uuid_of.emplace(row.id, std::move(row.uuid));
  std::vector<PriorMembership> prior(set.signatures.size());
  for (std::size_t i = 0; i < prior.size(); ++i) {
    prior[i].key = set.signatures[i].identity.key;
    const auto at = uuid_of.find(set.prior[i].profile_id);
    if (at != uuid_of.end()) prior[i].profile_id = at->second;
  }
  ProfileChanges changes;
  for (const ProfileAssignment& assignment : assign_profiles(clustering, prior)) {
    using Change = ProfileAssignment::Change;
    changes.merged += std::ssize(assignment.became_alias);
    switch (assignment.change) {
      case Change::unchanged:
        ++changes.unchanged;
        break;
      case Change::created:
        ++changes.created;
        break;
      case Change::split_off:
        ++changes.split;
        break;
      default:
        ++changes.changed;
    }
  }
  return changes;
}

// The usual shares in place of a model that cannot be read: training is what mends it.
MatchModel readable_model(const std::optional<StoredMatchModel>& stored) {
  if (!stored) return {};
  try {
    return match_model_from_json(stored->content);
  } catch (const Error&) {
    return {};
  }
}

// As the next version. Without the fingerprint of its policy the next run derives everything. Under
// the run's lock, so that none derives by one model and notes another.
std::int64_t activate_model(Database& database, const HubConfig& config,
                            const StoredMatchModel& model, const std::string& who) {
  take_run_lock(database);
  std::int64_t version = 0;
  {
    Transaction transaction(database);
    version = add_match_model(database, model);
    set_hub_state(database, "policy", 0);
    add_audit_event(database, {who, "match train", "model " + std::to_string(version)});
    transaction.commit();
  }
  end_runs(database, config);
  return version;
}

}  // namespace

std::vector<WeightChange> largest_changes(const MatchModel& before, const MatchModel& after,
                                          std::size_t most) {
  constexpr double kNone = 0.005;  // bits; less is shown as equal
  const MatchWeights old_weights(before), new_weights(after);
  std::vector<WeightChange> changes;
  for (const PartyKind kind : {PartyKind::person, PartyKind::organization}) {
    for (std::size_t i = 0; i < kMatchFields; ++i) {
      const auto field = static_cast<MatchField>(i);
      const auto levels = static_cast<Level>(level_priors(kind, field).size());
      for (Level level = 0; level < levels; ++level) {
        const double one = old_weights.level_weight(kind, field, level);
        const double other = new_weights.level_weight(kind, field, level);
        if (std::abs(other - one) >= kNone) changes.push_back({kind, field, level, one, other});
      }
    }
  }
  std::ranges::stable_sort(changes, [](const WeightChange& a, const WeightChange& b) {
    return std::abs(a.after - a.before) > std::abs(b.after - b.before);
  });
  if (changes.size() > most) changes.resize(most);
  return changes;
}

Training train_anew(Database& database, const HubConfig& config, bool activate,
                    const std::string& who) {
  Training training;
  StoredMatchModel learnt;
  learnt.run_id = largest_id(database, "run");
  const PartySet set = [&] {
    const Transaction reading(database, Transaction::Access::read);
    return PartyLoader(database).everything(nullptr);
  }();
  training.parties = std::ssize(set.signatures);
  if (set.signatures.empty()) {
    throw Error(ErrorKind::config, "there is no record to learn from; `cdh run` reads them");
  }
  Matching matching = match(set.signatures, set.vocabulary, set.decisions, config.match, nullptr);
  matching.learnt->name_orders = set.name_orders;
  const auto stored = current_match_model(database);
  training.old_version = stored ? stored->id : 0;
  training.weights = largest_changes(readable_model(stored), *matching.learnt, kWeightsShown);
  training.profiles = compare_profiles(database, set, matching.clustering);
  training.review_before = count_review_items(database);
  training.review_after = std::ssize(matching.review);
  if (activate) {
    learnt.parties = training.parties;
    learnt.content = to_json(*matching.learnt);
    training.new_version = activate_model(database, config, learnt, who);
  }
  return training;
}

std::optional<ModelDrift> model_drift(Database& database) {
  const auto stored = match_model_summary(database);
  const std::int64_t now = database.number("SELECT COUNT(*) FROM link");
  if (!stored || now == 0) return std::nullopt;
  return ModelDrift{stored->id, stored->parties, now};
}

}  // namespace cdh
