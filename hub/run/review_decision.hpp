// A steward's word on pairs that wait for review.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/store/database.hpp"
#include "hub/store/review_items.hpp"

namespace cdh {

enum class ReviewVerdict : std::uint8_t { accept, reject };

// Keeps a decision on each pair: the customers of its two parties are one for ever, or are not, as
// `profile merge` and `split` say it. The next run follows it, and the pairs wait until then; a later
// word on the same pair replaces this one. All of the pairs, each once, or, when one is not there,
// none: Error(config). So, too, where through other decisions the pairs of one customer would be held
// apart and together.
std::vector<ReviewedPair> judge_review_items(Database& database,
                                             const std::vector<std::int64_t>& ids,
                                             ReviewVerdict verdict, const std::string& who);

// Throws Error(config) when no such pair waits.
ReviewedPair require_reviewed_pair(Database& database, std::int64_t id);

}  // namespace cdh
