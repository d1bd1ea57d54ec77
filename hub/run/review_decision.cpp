#include "hub/run/review_decision.hpp"

#include <map>
#include <set>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/base/time.hpp"
#include "hub/run/stewardship.hpp"
#include "hub/store/audit.hpp"
#include "hub/store/landing.hpp"
#include "hub/store/membership.hpp"

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

std::size_t records_together(Database& database, const ReviewedPair& pair) {
  const auto row = database.query_text(
      "SELECT CAST(SUM(record_count) AS BIGINT) FROM profile WHERE uuid IN (?, ?)",
      {pair.a.profile_uuid, pair.b.profile_uuid});
  return row->next() ? static_cast<std::size_t>(row->integer(0)) : 0;
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
    if (accepts) require_possible_profile(records_together(database, pair));
    pair.decided = accepts ? "accepted" : "rejected";
    StoredDecision& word = words.emplace_back();
    word.kind = accepts ? "together" : "apart";
    word.left = decision_name(pair.a);
    word.right = decision_name(pair.b);
    word.made_by = who;
    word.made_at = format_instant(now_micros());
    word.run_id = last_run;
  }
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
