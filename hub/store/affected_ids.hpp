// Ids for a statement to join with, however many they are.
#pragma once

#include <cstdint>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

// The temporary table `affected (id)` holds these afterwards, and nothing else. Each id once. What
// is joined with it is joined by CROSS JOIN and WHERE, from left to right: SQLite keeps that order,
// and would begin with the large table otherwise.
void note_affected(Database& database, const std::vector<std::int64_t>& ids);

}  // namespace cdh
