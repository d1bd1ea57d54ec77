// Calendar days as people and programs write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cdh {

// Which number of 03/04/05 is the day, where nothing else tells.
enum class DateOrder : std::uint8_t { ymd, dmy, mdy };

// A given order binds: what does not fit it is no date. A usual one gives way where it cannot be
// meant.
enum class OrderIs : std::uint8_t { usual, given };

// As in hub.yaml: "ymd", "dmy", "mdy".
std::optional<DateOrder> date_order_from_name(std::string_view name);
std::string_view name_of(DateOrder order);

// The usual order of a country (ISO 3166-1 alpha-2); dmy when not known.
DateOrder date_order_of(std::string_view country);

// Days since 1970-01-01; nothing when the text is no day. Understood are, alone or before a time of
// day, which is ignored:
//
//     2026-11-22  2026/11/22  20261122  22.11.2026  22/11/2026  22-11-26  1984年2月1日
//     2 Feb 1984  Feb 2nd, 1984  Mon, 2 Feb 1984  2 lutego 1984 r.  2 II 1984  2. März 1984
//
// With four digits of the year first, or the month's name, nothing is left to decide; else the
// order decides. A usual one gives way: a number over 12 is never a month, and with the year last,
// ymd is read as dmy. A given one does not: "05/13/2024" is no date in the order dmy. Two-digit
// years are read as spreadsheets do: 00 to 29 are 2000 to 2029, 30 to 99 are 1930 to 1999.
std::optional<std::int64_t> parse_date(std::string_view text, DateOrder order,
                                       OrderIs order_is = OrderIs::usual);

// The same, and the rest of the text behind the day.
struct DateAndRest {
  std::int64_t days = 0;
  std::string_view rest;  // of the given text, without blanks and "T" before it
};
std::optional<DateAndRest> parse_date_prefix(std::string_view text, DateOrder order,
                                             OrderIs order_is = OrderIs::usual);

}  // namespace cdh
