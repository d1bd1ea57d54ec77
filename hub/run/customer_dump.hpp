// What is derived in a store, as lines to compare: profiles, members, values, contacts, events, pairs
// to review. Ids, UUIDs and run numbers are left out, records and parties stand by their names
// (store_names.hpp), so that two stores of the same customers give the same lines however they came
// to hold them.
#pragma once

#include <string>
#include <vector>

#include "hub/run/store_names.hpp"
#include "hub/store/database.hpp"

namespace cdh {

// Sorted; each one line of text.
std::vector<std::string> customer_dump(Database& database, const StoreNames& names);

}  // namespace cdh
