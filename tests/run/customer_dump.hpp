// What is derived in a store, as lines to compare: profiles, members, values, contacts, events, pairs
// to review. Ids, UUIDs and run numbers are left out, records and parties stand by their names, so
// that two stores of the same customers give the same lines however they came to hold them.
#pragma once

#include <string>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

// Sorted.
std::vector<std::string> customer_dump(Database& database);

// The lines that only one of the two has, at most twenty; empty when they are equal.
std::string difference(const std::vector<std::string>& expected,
                       const std::vector<std::string>& actual);

}  // namespace cdh
