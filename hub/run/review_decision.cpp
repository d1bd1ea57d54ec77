#include "hub/run/review_decision.hpp"

#include <utility>

#include "hub/base/error.hpp"
#include "hub/base/time.hpp"
#include "hub/store/audit.hpp"
#include "hub/store/landing.hpp"
#include "hub/store/membership.hpp"

namespace cdh {

ReviewedPair require_reviewed_pair(Database& database, std::int64_t id) {
  auto pair = find_reviewed_pair(database, id);
  if (!pair) {
    throw Error(ErrorKind::config,
                "no pair " + std::to_string(id) + " waits for review; see `cdh review list`");
  }
  return *std::move(pair);
}

std::vector<ReviewedPair> judge_review_items(Database& database,
                                             const std::vector<std::int64_t>& ids,
                                             ReviewVerdict verdict, const std::string& who) {
  const bool accepts = verdict == ReviewVerdict::accept;
  Transaction transaction(database);
  std::vector<ReviewedPair> pairs;
  std::vector<StoredDecision> words;
  const std::int64_t last_run = largest_id(database, "run");
  for (const std::int64_t id : ids) {
    ReviewedPair& pair = pairs.emplace_back(require_reviewed_pair(database, id));
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
