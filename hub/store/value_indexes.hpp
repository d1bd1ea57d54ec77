// The indexes of what is published by values that come in no order: of contacts, and of the links'
// profiles. Made of all rows at once they cost a fraction.
#pragma once

#include "hub/store/database.hpp"

namespace cdh {

// Within the caller's transaction. False, and all is as it was: on a database that cannot do so in a
// transaction, while somebody reads these tables for long, and where an index is not as the schema
// made it. Throws Error(store) where more is amiss.
bool drop_value_indexes(Database& database);

// After that alone. Throws Error(store).
void make_value_indexes(Database& database);

}  // namespace cdh
