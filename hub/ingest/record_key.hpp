// What a record is known by: the text of its key's fields.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "hub/plugin_host/batch.hpp"

namespace cdh {

// The places of these fields among the batch's columns; kAbsent for one that it has not.
std::vector<int> key_columns(const Batch& batch, const std::vector<std::string>& names);

// The key that a row has in these columns; empty when all of them are. Of several parts, joined by bars;
// a bar within a part gets a backslash before it, and so does a backslash, so that different parts
// never give one key.
std::string key_in(const Batch& batch, std::size_t row, const std::vector<int>& columns);

// What makes a key unfit to be kept and looked up, in any database; empty when it is fit.
std::string fault_of_key(std::string_view key);

}  // namespace cdh
