// Which consent counts: of what a customer's records say about a purpose, the policy's choice.
#pragma once

#include <cstdint>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/store/database.hpp"
#include "hub/store/publication.hpp"

namespace cdh {

// Writes anew the effective consents of these profiles, and of those whose consents changed in this
// publication. For after events and links were written.
void settle_consents(Database& database, Publication& publication, const HubConfig& config,
                     std::vector<std::int64_t> profiles);

}  // namespace cdh
