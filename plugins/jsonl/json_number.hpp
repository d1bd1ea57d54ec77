// JSON numbers (RFC 8259, section 6) as the hub's values, without going through binary fractions.
#pragma once

#include <string_view>

#include <cdh/plugin.hpp>

namespace jsonl {

// Fills `out` and returns true when `token` is a number: CDH_INTEGER when it fits 64 bits,
// otherwise CDH_DECIMAL with its digits as written; 1.5e3 is written out as 1500. A number that
// would need more than 60 digits written out stays CDH_TEXT as it is. The text of `out` is kept in
// `arena`.
bool read_number(std::string_view token, cdh::Arena& arena, cdh_value& out);

}  // namespace jsonl
