#include "hub/run/stewardship.hpp"

#include <algorithm>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/base/time.hpp"
#include "hub/match/clustering.hpp"
#include "hub/run/logged_run.hpp"
#include "hub/run/pinned_value.hpp"
#include "hub/store/audit.hpp"
#include "hub/store/landing.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/profile_view.hpp"

namespace cdh {

namespace {

ProfileView require_profile(Database& database, const std::string& id) {
  const auto uuid = resolve_profile(database, id);
  auto view = uuid ? view_profile(database, *uuid, 0) : std::nullopt;
  if (!view) {
    throw Error(ErrorKind::config, "there is no profile \"" + id +
                                       "\", or several begin like that; see `cdh profile find`");
  }
  return *std::move(view);
}

// Keeps decisions, and publishes what follows from them unless a run is going.
class Act {
 public:
  Act(Database& database, const HubConfig& config, std::string who)
      : database_(database), config_(config), who_(std::move(who)) {}

  void decide(std::string kind, std::string left, std::string right, std::string field = "",
              std::string value = "") {
    StoredDecision decision;
    decision.kind = std::move(kind);
    decision.left = std::move(left);
    decision.right = std::move(right);
    decision.field = std::move(field);
    decision.value = std::move(value);
    decision.made_by = who_;
    decision.made_at = format_instant(now_micros());
    decisions_.push_back(std::move(decision));
  }

  bool finish(const std::string& action, const std::string& subject) {
    {
      Transaction transaction(database_);
      const std::int64_t last_run = largest_id(database_, "run");
      for (StoredDecision& decision : decisions_) decision.run_id = last_run;
      add_decisions(database_, decisions_);
      add_audit_event(database_, {who_, action, subject});
      transaction.commit();
    }
    if (!database_.try_lock_for_run()) return false;
    try {
      publish_change(database_, config_, action, [](std::int64_t) {});
    } catch (Error& error) {
      error.add_context("the decision is kept, for the next run that publishes");
      throw;
    }
    end_runs(database_, config_);
    return true;
  }

 private:
  Database& database_;
  const HubConfig& config_;
  std::string who_;
  std::vector<StoredDecision> decisions_;
};

std::vector<std::string> profiles_of(Database& database, const std::vector<std::string>& former) {
  std::vector<std::string> now;
  for (const std::string& id : former) {
    const auto uuid = resolve_profile(database, id);
    if (uuid && std::find(now.begin(), now.end(), *uuid) == now.end()) now.push_back(*uuid);
  }
  return now;
}

// The profile that holds the party now.
std::string profile_of_party(Database& database, std::int64_t party_id) {
  const auto row = database.query(
      "SELECT p.uuid FROM link l JOIN profile p ON p.id = l.profile_id WHERE l.party_id = ?",
      {party_id});
  return row->next() ? std::string(row->text(0)) : std::string();
}

void require_decisions(std::size_t pairs) {
  if (pairs <= kMostDecisions) return;
  throw Error(
      ErrorKind::config,
      "this takes " + std::to_string(pairs) + " decisions, one for each pair of records, and " +
          std::to_string(kMostDecisions) +
          " is the most; so many records come from a value that all of them have: mend it in "
          "the source");
}

}  // namespace

void require_possible_profile(std::size_t records) {
  if (records <= kMaxProfileParties) return;
  throw Error(ErrorKind::config,
              "together they would have " + std::to_string(records) +
                  " records, and no profile has more than " + std::to_string(kMaxProfileParties) +
                  "; so many come from a value that all of them have: mend it in the source");
}

StewardshipResult merge_profiles(Database& database, const HubConfig& config, const std::string& a,
                                 const std::string& b, const std::string& who) {
  const ProfileView left = require_profile(database, a), right = require_profile(database, b);
  if (left.uuid == right.uuid) {
    throw Error(ErrorKind::config, a + " and " + b + " are one profile already");
  }
  if (left.party_type != right.party_type) {
    throw Error(ErrorKind::config, "a person and an organization cannot be one customer");
  }
  require_possible_profile(left.members.size() + right.members.size());
  require_decisions(left.members.size() * right.members.size());
  Act act(database, config, who);
  // Every pair: the word must outlive any of the records, and none of them may stay behind. Being
  // the latest, it also takes back what held a pair apart.
  for (const ViewedMember& one : left.members) {
    for (const ViewedMember& other : right.members) {
      act.decide("together", decision_name(one), decision_name(other));
    }
  }
  StewardshipResult result;
  result.published = act.finish("merge", left.uuid + " " + right.uuid);
  result.profiles = profiles_of(database, {left.uuid, right.uuid});
  if (result.published && result.profiles.size() > 1) {
    throw Error(
        ErrorKind::conflict,
        "the decision is kept, but an earlier one that holds other records of these profiles "
        "apart stands against it; see `cdh profile explain`");
  }
  return result;
}

StewardshipResult split_profile(Database& database, const HubConfig& config, const std::string& id,
                                const std::vector<std::string>& records, const std::string& who) {
  const ProfileView view = require_profile(database, id);
  std::vector<const ViewedMember*> leaving, staying;
  for (const ViewedMember& member : view.members) {
    const bool leaves = std::any_of(records.begin(), records.end(), [&](const std::string& record) {
      return is_named(member, record);
    });
    (leaves ? leaving : staying).push_back(&member);
  }
  for (const std::string& record : records) {
    const auto& all = view.members;
    if (std::none_of(all.begin(), all.end(), [&](const auto& m) { return is_named(m, record); })) {
      throw Error(ErrorKind::config, "profile " + view.uuid + " has no record \"" + record +
                                         "\"; name it as `cdh profile show` does, SOURCE:KEY");
    }
  }
  if (staying.empty()) throw Error(ErrorKind::config, "a profile cannot lose all its records");
  require_decisions(leaving.size() * staying.size());
  Act act(database, config, who);
  for (const ViewedMember* one : leaving) {
    // The one that leaves is on the left: of two equal parts, the one that stays keeps the id.
    for (const ViewedMember* other : staying) {
      act.decide("apart", decision_name(*one), decision_name(*other));
    }
  }
  StewardshipResult result;
  result.published = act.finish("split", view.uuid);
  for (const auto* members : {&staying, &leaving}) {
    for (const ViewedMember* member : *members) {
      const std::string uuid = profile_of_party(database, member->party_id);
      const auto& known = result.profiles;
      if (std::find(known.begin(), known.end(), uuid) == known.end())
        result.profiles.push_back(uuid);
    }
  }
  return result;
}

StewardshipResult pin_value(Database& database, const HubConfig& config, const std::string& id,
                            const std::string& field, const std::string& value,
                            const std::string& who) {
  const ProfileView view = require_profile(database, id);
  const std::string text = pinned_value(config, find_entity(view.party_type), field, value);
  Act act(database, config, who);
  act.decide("pin", view.uuid, "", field, text);
  StewardshipResult result;
  result.published = act.finish(text.empty() ? "unset" : "set", view.uuid + " " + field);
  result.profiles = profiles_of(database, {view.uuid});
  return result;
}

}  // namespace cdh
