// Orders, tickets, consents: the events of changed records become rows of their own, tied to the
// parties and other events they belong to, which may arrive later.
#pragma once

#include <cstdint>
#include <vector>

#include "hub/store/database.hpp"
#include "hub/store/publication.hpp"

namespace cdh {

// Writes the events of these records. A ref whose record has not been delivered yet waits.
void publish_events(Database& database, Publication& publication,
                    const std::vector<std::int64_t>& record_ids);

// The unchanged records whose events refer to one of these changed ones, and lead somewhere else
// now: what they referred to is gone, or stands at another place of its record. Ascending. For
// after the changed records' own events were removed.
std::vector<std::int64_t> records_with_moved_refs(Database& database, Publication& publication,
                                                  const std::vector<std::int64_t>& record_ids);

// Ties waiting refs to records that have arrived since, and returns those that wait on. For after
// publish_events.
std::vector<UnresolvedRef> resolve_waiting_refs(Database& database, Publication& publication);

}  // namespace cdh
