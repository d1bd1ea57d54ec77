// Pairs of parties that wait for a steward's word: may they be one customer?
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

struct ReviewItem {
  std::int64_t id = 0;  // positive; the same in every run for the same two parties
  std::int64_t party_a = 0, party_b = 0;
  std::int64_t score = 0;  // thousandths of a bit
  std::string reason;      // in words
  std::int64_t first_seen_run = 0;
};

// Ascending by id.
std::vector<ReviewItem> review_items(Database& database);
std::int64_t count_review_items(Database& database);

// In the caller's transaction.
void remove_review_items(Database& database, const std::vector<std::int64_t>& ids);
void add_review_items(Database& database, const std::vector<ReviewItem>& items);

struct ReviewedParty {
  std::int64_t party_id = 0;
  std::string source, stream, source_key, name;  // name: `as`
  std::string profile_uuid, display_name;        // of its profile
};

// An item as people look at it.
struct ReviewedPair {
  ReviewItem item;
  ReviewedParty a, b;
  // "accepted", "rejected": decided since, which the next run follows; empty: not yet.
  std::string decided;
};

// At most `most`, the highest score first.
std::vector<ReviewedPair> reviewed_pairs(Database& database, std::size_t most);
// Those of these ids that are there; ascending by id.
std::vector<ReviewedPair> reviewed_pairs(Database& database, const std::vector<std::int64_t>& ids);

// The party by the name decisions use: "source/stream/key/as".
std::string decision_name(const ReviewedParty& party);

}  // namespace cdh
