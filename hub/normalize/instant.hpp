// Moments, from the texts and wall clocks of sources.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "hub/normalize/date.hpp"

namespace cdh {

// Microseconds since 1970-01-01T00:00:00Z of what a wall clock in `zone` ("Europe/Warsaw", "" =
// UTC) showed; `local_micros` counts from 1970-01-01T00:00 of that clock. A time that a clock
// skipped in spring is read with the offset before the change (02:30 becomes 03:30), and of a time
// it showed twice in autumn the first is taken; so does java.time. Throws Error(config) when ICU
// does not know the zone. Any thread; each keeps the zones it used.
std::int64_t utc_from_local(std::int64_t local_micros, std::string_view zone);

// A day as parse_date reads it with a time of day, or alone: midnight. An offset written counts,
// else the zone. Ten or thirteen digits are seconds or milliseconds since 1970. Nothing: no moment.
std::optional<std::int64_t> parse_instant(std::string_view text, DateOrder order,
                                          std::string_view zone, OrderIs order_is = OrderIs::usual);

}  // namespace cdh
