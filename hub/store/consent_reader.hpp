// What records say about consent, by the profile that they belong to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

struct StoredConsent {
  std::int64_t profile_id = 0;
  std::int64_t id = 0;
  std::int64_t stream_id = 0;
  std::string source_key;
  std::string purpose, channel, status;
  std::optional<std::int64_t> stated_at;  // when captured, or the record's own time
};

// All consents of these profiles, one profile after the other.
std::vector<StoredConsent> consents_of(Database& database,
                                       const std::vector<std::int64_t>& profile_ids);

// The profiles of which any record speaks of consent. Ascending.
std::vector<std::int64_t> profiles_with_consents(Database& database);

}  // namespace cdh
