// Who did what to the hub: every steward's and administrator's act. Holds ids and names of sources,
// never personal values.
#pragma once

#include <string>

#include "hub/store/database.hpp"

namespace cdh {

struct AuditEvent {
  std::string who, action, subject;
};

// In a transaction, at its end: it takes its turn.
void add_audit_event(Database& database, const AuditEvent& event);

// Within a transaction that stores what somebody did: other such transactions wait here until it
// ends. So no id is given twice, and ids rise in the order in which their rows come to be seen.
void take_turn_of_acts(Database& database);

}  // namespace cdh
