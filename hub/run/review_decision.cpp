#include "hub/run/review_decision.hpp"

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/base/time.hpp"
#include "hub/run/decision_conflict.hpp"
#include "hub/run/stewardship.hpp"
#include "hub/store/audit.hpp"
#include "hub/store/landing.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/profile_view.hpp"

namespace cdh {

namespace {

// In the order of the ids, each once.
std::vector<ReviewedPair> require_reviewed_pairs(Database& database,
                                                 const std::vector<std::int64_t>& ids) {
  std::map<std::int64_t, ReviewedPair> found;
  for (ReviewedPair& pair : reviewed_pairs(database, ids)) {
    const std::int64_t id = pair.item.id;
    found.emplace(id, std::move(pair));
  }
  std::vector<ReviewedPair> pairs;
  std::set<std::int64_t> taken;
  for (const std::int64_t id : ids) {
    if (!taken.insert(id).second) continue;
    const auto pair = found.find(id);
    if (pair == found.end()) {
      throw Error(ErrorKind::config,
                  "no pair " + std::to_string(id) + " waits for review; see `cdh review list`");
    }
    pairs.push_back(std::move(pair->second));
  }
  return pairs;
}

std::vector<ViewedMember> members_of(Database& database, const std::string& uuid) {
  std::optional<ProfileView> profile = view_profile(database, uuid, 0);
  return profile ? std::move(profile->members) : std::vector<ViewedMember>();
}

using Names = std::pair<std::string, std::string>;

// The records that a word on the pair is about: all of the two customers, since the pair stands for
// them; where these are too many, the two of the pair.
std::vector<Names> records_to_judge(Database& database, const ReviewedPair& pair,
                                    ReviewVerdict verdict) {
  const std::vector<ViewedMember> of_a = members_of(database, pair.a.profile_uuid);
  const std::vector<ViewedMember> of_b = members_of(database, pair.b.profile_uuid);
  if (verdict == ReviewVerdict::accept) require_possible_profile(of_a.size() + of_b.size());
  std::vector<Names> records = {{decision_name(pair.a), decision_name(pair.b)}};
  if (of_a.size() * of_b.size() > kMostDecisions) return records;
  for (const ViewedMember& one : of_a) {
    for (const ViewedMember& other : of_b) {
      Names names{decision_name(one), decision_name(other)};
      if (names != records.front()) records.push_back(std::move(names));
    }
  }
  return records;
}

// Of two that contradict each other the run would follow one, and nobody would know of the other.
void require_no_contradiction(Database& database, const std::vector<StoredDecision>& words) {
  std::vector<StoredDecision> all = decisions(database);
  const std::size_t known = all.size();
  all.insert(all.end(), words.begin(), words.end());
  const std::optional<StoredDecision> other = contradicted_decision(all, known);
  if (!other) return;
  throw Error(
      ErrorKind::config,
      "nothing is decided: through what was decided before, this would make one customer of " +
          other->left + " and " + other->right + ", and they are held apart by a decision of " +
          other->made_by + " at " + other->made_at +
          ". Judge the other way, or merge these two first: `cdh profile merge`");
}

}  // namespace

ReviewedPair require_reviewed_pair(Database& database, std::int64_t id) {
  return std::move(require_reviewed_pairs(database, {id}).front());
}

std::vector<ReviewedPair> judge_review_items(Database& database,
                                             const std::vector<std::int64_t>& ids,
                                             ReviewVerdict verdict, const std::string& who) {
  const bool accepts = verdict == ReviewVerdict::accept;
  Transaction transaction(database);
  std::vector<ReviewedPair> pairs = require_reviewed_pairs(database, ids);
  std::vector<StoredDecision> words;
  const std::int64_t last_run = largest_id(database, "run");
  for (ReviewedPair& pair : pairs) {
    pair.decided = accepts ? "accepted" : "rejected";
    for (auto& [left, right] : records_to_judge(database, pair, verdict)) {
      StoredDecision& word = words.emplace_back();
      word.kind = accepts ? "together" : "apart";
      word.left = std::move(left);
      word.right = std::move(right);
      word.made_by = who;
      word.made_at = format_instant(now_micros());
      word.run_id = last_run;
    }
  }
  require_no_contradiction(database, words);
  add_decisions(database, words);
  for (const ReviewedPair& pair : pairs) {
    add_audit_event(database, {who, accepts ? "review accept" : "review reject",
                               std::to_string(pair.item.id) + " " + pair.a.profile_uuid + " " +
                                   pair.b.profile_uuid});
  }
  transaction.commit();
  return pairs;
}

}  // namespace cdh
