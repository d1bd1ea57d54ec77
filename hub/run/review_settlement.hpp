// The pairs that wait for a steward, brought in line with what a run has found.
#pragma once

#include <cstdint>
#include <string>

#include "hub/match/review_pairs.hpp"
#include "hub/run/party_set.hpp"
#include "hub/store/database.hpp"

namespace cdh {

// Within the transaction that publishes. Only what differs is written: a pair that waits already
// keeps the run in which it was first seen. Returns what the run's report has to say of pairs that
// were left out, or empty.
std::string settle_review_items(Database& database, const PartySet& set, const ReviewBand& band,
                                std::int64_t run_id);

}  // namespace cdh
