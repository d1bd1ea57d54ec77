#include "hub/run/review_settlement.hpp"

#include <cmath>
#include <map>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "hub/base/hash.hpp"
#include "hub/store/review_items.hpp"

namespace cdh {

namespace {

// Of the key texts, so that it outlives every row; exact as a number of JSON, which has 53 bits.
std::int64_t item_id(const std::string& key_a, const std::string& key_b) {
  constexpr std::uint64_t kExact = (std::uint64_t{1} << 53) - 1;
  const std::uint64_t hash = hash64(key_b, hash64(key_a)) & kExact;
  return static_cast<std::int64_t>(hash == 0 ? 1 : hash);
}

ReviewItem item_of(const ReviewPair& pair, const PartySet& set, std::int64_t run_id) {
  const PartyIdentity& a = set.signatures[pair.a].identity;
  const PartyIdentity& b = set.signatures[pair.b].identity;
  const auto score = std::llround(1000.0 * static_cast<double>(pair.score));
  return {item_id(a.key, b.key), a.id, b.id, score, describe(pair), run_id};
}

bool says_the_same(const ReviewItem& one, const ReviewItem& other) {
  return std::tie(one.party_a, one.party_b, one.score, one.reason) ==
         std::tie(other.party_a, other.party_b, other.score, other.reason);
}

// Says of a stored pair whether matching had a look at it: when it was not found again, it is gone.
class Touched {
 public:
  explicit Touched(const MatchedParties& matched) {
    const PartySet& set = matched.set;
    all_ = !matched.is_touched;
    if (all_) return;
    for (std::size_t i = 0; i < set.signatures.size(); ++i) {
      if (!(*matched.is_touched)[i]) continue;
      parties_.insert(set.signatures[i].identity.id);
      parties_.insert(set.prior[i].party_id);
    }
    for (const Membership& membership : set.departed) parties_.insert(membership.party_id);
  }
  bool contains(const ReviewItem& item) const {
    return all_ || parties_.contains(item.party_a) || parties_.contains(item.party_b);
  }

 private:
  bool all_ = false;
  std::unordered_set<std::int64_t> parties_;
};

}  // namespace

void settle_review_items(Database& database, const MatchedParties& matched, std::int64_t run_id) {
  std::map<std::int64_t, ReviewItem> wanted;
  for (const ReviewPair& pair : matched.matching.review) {
    const ReviewItem item = item_of(pair, matched.set, run_id);
    wanted.emplace(item.id, item);
  }
  const Touched touched(matched);
  std::vector<std::int64_t> removed;
  for (const ReviewItem& stored : review_items(database)) {
    const auto at = wanted.find(stored.id);
    if (at != wanted.end() && says_the_same(stored, at->second)) {
      wanted.erase(at);
      continue;
    }
    if (at == wanted.end() && !touched.contains(stored)) continue;
    removed.push_back(stored.id);
    if (at != wanted.end()) at->second.first_seen_run = stored.first_seen_run;
  }
  remove_review_items(database, removed);
  std::vector<ReviewItem> added;
  for (const auto& [id, item] : wanted) added.push_back(item);
  add_review_items(database, added);
}

}  // namespace cdh
