// Dates and instants as numbers, and their ISO 8601 text. The civil calendar is proleptic
// Gregorian.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cdh {

struct CivilDate {
  int year = 1970;
  int month = 1;  // 1 to 12
  int day = 1;    // 1 to 31
  friend bool operator==(const CivilDate&, const CivilDate&) = default;
};

// Days since 1970-01-01.
std::int64_t days_from_civil(CivilDate date);
CivilDate civil_from_days(std::int64_t days);
bool is_valid(CivilDate date);

// "2026-11-22"
std::string format_date(std::int64_t days);
std::optional<std::int64_t> parse_date(std::string_view text);

// Microseconds since 1970-01-01T00:00:00Z as "2026-11-22T02:04:27Z", with a fraction only when
// there is one.
std::string format_instant(std::int64_t micros);
// With "Z" or an offset such as "+01:00"; anything else is refused.
std::optional<std::int64_t> parse_instant(std::string_view text);

// As format_instant, without the zone: the wall clock of a place not known.
std::string format_local_time(std::int64_t micros);
// "2026-11-22T02:04", "2026-11-22 02:04:27.5"
std::optional<std::int64_t> parse_local_time(std::string_view text);

// "90m", "26h" or "2d" in seconds: a whole number of minutes, hours or days, from 1 minute to
// 10,000 days.
std::optional<std::int64_t> parse_duration(std::string_view text);
// The other way round, rounded down, for people: "90 minutes", "26 hours", "3 days". Two days and
// more are days, two hours and more hours.
std::string rough_duration(std::int64_t seconds);

// The one place that reads the machine's clock.
std::int64_t now_micros();

}  // namespace cdh
