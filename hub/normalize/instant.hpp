// Moments, from the texts and wall clocks of sources.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/normalize/date.hpp"

namespace cdh {

// Microseconds since 1970-01-01T00:00:00Z of what a wall clock in `zone` ("Europe/Warsaw", "" =
// UTC) showed; `local_micros` counts from 1970-01-01T00:00 of that clock. A time that a clock
// skipped in spring is read with the offset before the change (02:30 becomes 03:30), and of a time
// it showed twice in autumn the first is taken; so does java.time. Throws Error(config) when ICU
// does not know the zone. Any thread; each keeps the zones it used.
std::int64_t utc_from_local(std::int64_t local_micros, std::string_view zone);

// What a wall clock in `zone` shows at that moment, counted as above. Throws as above.
std::int64_t local_from_utc(std::int64_t micros, std::string_view zone);

// The day, since 1970-01-01, that a calendar in `zone` shows at that moment. Throws as above.
std::int64_t day_in(std::int64_t micros, std::string_view zone);

// With the zone's offset: "2026-11-22T03:04:27+01:00". Throws as above.
std::string format_instant(std::int64_t micros, std::string_view zone);

// Whether the zone is known.
bool is_time_zone(std::string_view name);
std::vector<std::string> time_zone_names();

// A day as parse_date reads it with a time of day, or alone: midnight. An offset written counts,
// else the zone. Ten or thirteen digits are seconds or milliseconds since 1970. Nothing: no moment.
std::optional<std::int64_t> parse_instant(std::string_view text, DateOrder order,
                                          std::string_view zone, OrderIs order_is = OrderIs::usual);

}  // namespace cdh
