// The tables of a store of version 1, as they were then. Text, and not made from the table of
// entities, because stores with these tables are in use: what has changed since is in the later
// versions, see schema.cpp.
#pragma once

#include <string_view>

namespace cdh {

// For Database::execute. Record, party and event ids: an event or party is record id * 16 + its
// place in the record.
std::string_view first_tables();

}  // namespace cdh
