// A point in time as far as a text tells it, and the pieces that every reader of dates takes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cdh::date {

struct Moment {
  std::int64_t days = 0;           // since 1970-01-01
  std::int64_t micros_of_day = 0;  // wall clock
  bool has_time = false;
  bool has_offset = false;  // only with a time
  int offset_minutes = 0;   // of the wall clock from UTC
};

// Days since 1970-01-01 in the proleptic Gregorian calendar; nothing for a day that does not exist
// or a year outside 1 to 9999.
std::optional<std::int64_t> days_of(int year, int month, int day);

// Microseconds of the day; nothing for a time that does not exist.
std::optional<std::int64_t> micros_of(int hour, int minute, int second, std::int64_t micros);

// The year that two digits mean: up to `pivot` in this century, above it in the last.
int full_year(int two_digits, int pivot);

// Excel's day number, whose fraction is the time, rounded to milliseconds. 1900 is the epoch of
// Windows, in which the day 60 (1900-02-29) never was; 1904 that of old Macs.
std::optional<Moment> moment_of_excel(double serial, int epoch_year);

// --- Taking pieces from the front of a text; on failure the text is as it was ---

// `least` to `most` digits, as many as there are.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most);
bool take(std::string_view& text, char expected);
// "Z", "UTC", "GMT", "+01", "+0100", "-05:30": minutes.
std::optional<int> take_offset(std::string_view& text);
// A fraction's digits, read as microseconds; digits beyond the sixth are cut.
std::optional<std::int64_t> take_fraction(std::string_view& text);
// "AM", "p.m.": whether it is past noon.
std::optional<bool> take_half_of_day(std::string_view& text);

}  // namespace cdh::date
