// Everything in a store that a run promises, as lines to compare: what is derived (customer_dump.hpp),
// and the truth it is derived from: records, quarantine, how far streams were read, decisions, the
// match model. Left out are ids that the hub gave, clock times, the run log, the audit trail, and the
// index of matching.
//
// Two stores that the same deliveries and decisions made give the same lines, one of them though its
// runs were killed and begun anew.
#pragma once

#include <string>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

// Sorted; each one line of text. All of them in memory. Reads in a transaction of its own.
std::vector<std::string> store_dump(Database& database);

}  // namespace cdh
