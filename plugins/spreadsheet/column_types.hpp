// What the columns of a table usually hold, judged by its first rows.
#pragma once

#include <vector>

#include <cdh/plugin.hpp>

#include "table_reader.hpp"

namespace cdh::spreadsheet {

// The type that covers both: a decimal covers integers, a local time dates, text anything. An
// absent or null type says nothing.
cdh_type covering_type(cdh_type a, cdh_type b);

// Reads up to 100 rows and names the columns seen with the types seen; text where nothing was seen.
std::vector<Field> sample_columns(TableReader& table);

// Adds the columns of another file with the same sheet.
void merge_columns(std::vector<Field>& into, const std::vector<Field>& more);

}  // namespace cdh::spreadsheet
