// Who lives together, of the profiles as they are published.
#pragma once

#include "hub/model/policy.hpp"
#include "hub/store/database.hpp"
#include "hub/store/publication.hpp"

namespace cdh {

// Writes anew the households at the homes of the profiles that this publication wrote or took away;
// with `everything` all of them. None are kept when the policy does not ask for them. For after the
// profiles were written.
void settle_households(Database& database, Publication& publication, const MatchPolicy& policy,
                       bool everything);

}  // namespace cdh
