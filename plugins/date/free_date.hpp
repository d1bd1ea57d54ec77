// Dates in whatever form people write them, as long as only one day can be meant.
#pragma once

#include <string>
#include <string_view>

#include "moment.hpp"

namespace cdh::date {

// The order of a date in three numbers, where the numbers do not tell.
enum class DateOrder { unknown, dmy, mdy, ymd };

// The moment, or why there is none: "is not a date". The problem never holds the text itself.
struct FreeDate {
  bool ok = false;
  Moment moment;
  const char* problem = "";
};

// 2024-05-06, 2024/5/6, 20240506, 6.5.2024, 6 May 2024, May 6, 2024, 6 maja 2024 r., 2024年5月6日,
// each with or without a time: 2024-05-06T10:20:30.5+02:00, 6.5.2024 10:20, 5/6/24 3:04 PM.
//
// Three numbers that do not begin with a year of four digits follow `order`. With `unknown` they
// are read only if one reading exists: 25.12.2024 is, 05.06.2024 is not, and nothing is guessed.
FreeDate read_free_date(std::string_view text, DateOrder order, int two_digit_year_pivot);

}  // namespace cdh::date
