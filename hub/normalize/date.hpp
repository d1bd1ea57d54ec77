// Calendar days as people and programs write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cdh {

// Which number of 03/04/05 is the day, where nothing else tells.
enum class DateOrder : std::uint8_t { ymd, dmy, mdy };

// As in hub.yaml: "ymd", "dmy", "mdy".
std::optional<DateOrder> date_order_from_name(std::string_view name);

// The usual order of a country (ISO 3166-1 alpha-2); dmy when not known.
DateOrder date_order_of(std::string_view country);

// Days since 1970-01-01; nothing when the text is no day. Understood are, alone or before a time of
// day, which is ignored:
//
//     2026-11-22  2026/11/22  20261122  22.11.2026  22/11/2026  22-11-26  1984年2月1日
//     2 Feb 1984  Feb 2nd, 1984  Mon, 2 Feb 1984  2 lutego 1984 r.  2 II 1984  2. März 1984
//
// A year of four digits is found wherever it stands, a number over 12 is never a month, and the
// order decides the rest. With the year last, ymd is read as dmy. Two-digit years are read as
// spreadsheets do: 00 to 29 are 2000 to 2029, 30 to 99 are 1930 to 1999.
std::optional<std::int64_t> parse_date(std::string_view text, DateOrder order);

// The same, and the rest of the text behind the day.
struct DateAndRest {
  std::int64_t days = 0;
  std::string_view rest;  // of the given text, without blanks and "T" before it
};
std::optional<DateAndRest> parse_date_prefix(std::string_view text, DateOrder order);

}  // namespace cdh
