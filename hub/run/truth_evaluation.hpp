// The profiles of the store judged by a file of known truth: what `cdh evaluate` shows.
//
// The truth is CSV with the columns record_id and cluster_id. record_id is SOURCE:KEY, or
// SOURCE:KEY#AS where one record holds several parties, or KEY alone where no other source has that
// key. Columns source, stream, source_key and as, when all four are there, count in its place. What
// `cdh export links` writes is such a truth, too: its profile_id stands for cluster_id.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "hub/match/blocking_recall.hpp"
#include "hub/match/evaluation.hpp"
#include "hub/model/policy.hpp"
#include "hub/store/database.hpp"

namespace cdh {

// Two records of which one clustering says that they are one customer, and the other not.
struct MatchFault {
  std::int64_t pairs = 0;  // how many wrong or missed pairs the customer has in all
  std::string record, other;
  std::string reason;    // why they were joined; empty when they were not, or through other records
  std::string evidence;  // describe(PairEvidence): what speaks for and against
};

struct TruthReport {
  Evaluation figures;
  // Which true pairs are compared at all; nothing when there is no match model.
  std::optional<BlockingRecall> blocking;
  std::size_t missing = 0;              // records of the truth that no profile holds
  std::vector<std::string> unknown;     // the first of these
  std::vector<MatchFault> wrong_joins;  // those with the most pairs first
  std::vector<MatchFault> missed_pairs;
};

// `name` is the truth's, for messages; `worst` how many faults of each kind are listed. Throws
// Error(config) for a truth that cannot be read or contradicts itself.
TruthReport evaluate_against_truth(Database& database, const MatchPolicy& policy,
                                   std::istream& truth, const std::string& name, std::size_t worst);

}  // namespace cdh
