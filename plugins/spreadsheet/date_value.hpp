// Dates and times in the forms spreadsheets store them, turned into cell values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cell.hpp"
#include "number_format.hpp"

namespace cdh::spreadsheet {

// Which day a workbook counts from. The 1900 system has a day that never was, 29 February 1900.
enum class Epoch { year_1900, year_1904 };

// A day number with the time as its fraction, under a format of a date or time kind. Gives a date
// when the day is whole, else a local time, exact to the millisecond; a time without a day is text,
// hh:mm:ss. Day 0 and 29 February 1900 are given as the text Excel shows, since no such day exists.
// False, and the cell unchanged, when the number is no date (negative, or beyond the year 9999).
bool set_serial_date(Cell& cell, double serial, NumberFormat::Kind kind, Epoch epoch);

// "2024-01-31", "2024-01-31T12:30:00[.5]" or with a blank for the T. Anything else is kept as text.
void set_iso_date(Cell& cell, std::string_view text);

// "PT13H30M05S" gives the text 13:30:05. Anything else is kept as text.
void set_iso_duration(Cell& cell, std::string_view text);

// The other way round, for column names: 2024-01-31 and 2024-01-31T12:30:00.
std::string iso_date(std::int64_t days);
std::string iso_local_time(std::int64_t micros);

}  // namespace cdh::spreadsheet
