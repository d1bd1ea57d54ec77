// Sources that hold no duplicates (MatchPolicy::one_per_source): two of their records are two
// customers. Several parties of one record may be one customer.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "hub/match/signature.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

bool is_of_sole_source(const PartyIdentity& party, const MatchPolicy& policy);

// The records of such sources that some parties are of. Refers to the parties' key texts.
class SoleRecords {
 public:
  SoleRecords() = default;  // of no party
  SoleRecords(const PartyIdentity& party, const MatchPolicy& policy);

  // Whether a party of these and one of those are of two records of one such source.
  bool exclude(const SoleRecords& others) const;
  void add(const SoleRecords& others);

 private:
  struct OfSource {
    std::uint32_t source = 0;
    std::string_view record;  // "source/stream/source_key"; empty: several, by decision
  };
  std::vector<OfSource> sources_;  // ascending
};

}  // namespace cdh
