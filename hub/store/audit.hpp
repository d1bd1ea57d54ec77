// Who did what to the hub: every steward's and administrator's act. Holds ids and names of sources,
// never personal values.
#pragma once

#include <string>

#include "hub/store/database.hpp"

namespace cdh {

void add_audit_event(Database& database, const std::string& who, const std::string& action,
                     const std::string& subject);

}  // namespace cdh
