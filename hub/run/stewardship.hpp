// A steward's word on profiles: these records are one customer, these are not, this value counts.
// It is kept as a decision and takes effect at once; while a run is going, before that
// run ends, or with the next where that one publishes nothing.
#pragma once

#include <string>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/store/database.hpp"

namespace cdh {

// A word on two customers is a decision on each pair of their records, so that it outlives any of
// them; each run reads them all. No more than this at a time.
inline constexpr std::size_t kMostDecisions = 20'000;

// Throws Error(config) when no profile may have so many records.
void require_possible_profile(std::size_t records);

struct StewardshipResult {
  bool published = false;             // false: a run is going, and takes the decision in if it does
  std::vector<std::string> profiles;  // the profiles concerned, as they are now
};

// Profile ids may be former ones, or the unambiguous beginning of one. All throw Error(config) for
// what does not exist. Nor may the two together have more than kMaxProfileParties records.
StewardshipResult merge_profiles(Database& database, const HubConfig& config, const std::string& a,
                                 const std::string& b, const std::string& who);

// The named records leave the profile; each "SOURCE:KEY", or "SOURCE/STREAM/KEY" where a source has
// several streams with that key.
StewardshipResult split_profile(Database& database, const HubConfig& config, const std::string& id,
                                const std::vector<std::string>& records, const std::string& who);

// Pins the value of a field ("family_name"), or which contact comes first ("email"). An empty value
// takes the pin away. A value that is none of its kind is refused: Error(config).
StewardshipResult pin_value(Database& database, const HubConfig& config, const std::string& id,
                            const std::string& field, const std::string& value,
                            const std::string& who);

}  // namespace cdh
