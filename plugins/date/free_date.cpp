#include "free_date.hpp"

#include <algorithm>
#include <optional>

#include "month_name.hpp"

namespace cdh::date {

namespace {

constexpr const char* kNoDate = "is not a date";
constexpr const char* kNoSuchDay = "names a day that does not exist";
constexpr const char* kNoSuchTime = "has a time that does not exist or cannot be read";
constexpr const char* kAmbiguous =
    "can be read with the day or with the month first; set the option order or formats";

// The day as a result, or a problem.
struct Day {
  std::optional<std::int64_t> days;
  const char* problem = "";
};

Day day_of(int year, int month, int day) {
  const auto days = days_of(year, month, day);
  return {days, days ? "" : kNoSuchDay};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) -
                                  text.begin());
}

void skip_blanks(std::string_view& text) {
  while (take(text, ' ')) {
  }
}

void skip(std::string_view& text, std::string_view characters) {
  while (!text.empty() && characters.find(text.front()) != std::string_view::npos) {
    text.remove_prefix(1);
  }
}

bool take_text(std::string_view& text, std::string_view expected) {
  if (text.substr(0, expected.size()) != expected) return false;
  text.remove_prefix(expected.size());
  return true;
}

// 2024 or 24; anything else is no year.
std::optional<int> take_year(std::string_view& text, int pivot) {
  const std::size_t digits = count_digits(text);
  if (digits == 4) return take_number(text, 4, 4);
  if (digits == 2) return full_year(*take_number(text, 2, 2), pivot);
  return std::nullopt;
}

// 2024年5月6日
std::optional<Day> take_chinese(std::string_view& text) {
  std::string_view rest = text;
  const auto year = take_number(rest, 4, 4);
  if (!year || !take_text(rest, "年")) return std::nullopt;
  const auto month = take_number(rest, 1, 2);
  if (!month || !take_text(rest, "月")) return std::nullopt;
  const auto day = take_number(rest, 1, 2);
  if (!day || !(take_text(rest, "日") || take_text(rest, "号"))) return std::nullopt;
  text = rest;
  return day_of(*year, *month, *day);
}

// 6 May 2024, 6-May-24, May 6th, 2024, 6 maja 2024 r.
std::optional<Day> take_named_month(std::string_view& text, int pivot) {
  std::string_view rest = text;
  auto day = take_number(rest, 1, 2);
  skip(rest, " .-/");
  const auto month = take_month_name(rest);
  if (!month) return std::nullopt;
  skip(rest, " .-/");
  if (!day) {
    day = take_number(rest, 1, 2);
    if (!day || count_digits(rest) > 0) return std::nullopt;
    for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
      if (take_text(rest, ending)) break;
    }
    skip(rest, " ,");
  }
  skip(rest, " ,");
  const auto year = take_year(rest, pivot);
  if (!year) return std::nullopt;
  if (!take_text(rest, " r.")) take_text(rest, "r.");
  text = rest;
  return day_of(*year, *month, *day);
}

// Three numbers of which the first two are not a year: by the order, or by what is possible.
Day day_of_numbers(int first, int second, int year, DateOrder order) {
  if (order == DateOrder::dmy) return day_of(year, second, first);
  if (order == DateOrder::mdy) return day_of(year, first, second);
  const auto day_first = days_of(year, second, first);
  const auto month_first = days_of(year, first, second);
  if (day_first && month_first && *day_first != *month_first) return {std::nullopt, kAmbiguous};
  const auto days = day_first ? day_first : month_first;
  return {days, days ? "" : kNoSuchDay};
}

// 2024-05-06, 6.5.2024, 05/06/24, 24-05-06; one kind of separator.
std::optional<Day> take_numbers(std::string_view& text, DateOrder order, int pivot) {
  std::string_view rest = text;
  const std::size_t digits = count_digits(rest);
  const auto first = take_number(rest, 1, 4);
  if (!first || digits == 3 || digits > 4 || rest.empty()) return std::nullopt;
  const char separator = rest.front();
  if (std::string_view("-./").find(separator) == std::string_view::npos) return std::nullopt;
  rest.remove_prefix(1);
  skip_blanks(rest);  // 6. 5. 2024
  const auto second = take_number(rest, 1, 2);
  if (!second || !take(rest, separator)) return std::nullopt;
  skip_blanks(rest);
  if (digits == 4 || (order == DateOrder::ymd && digits == 2)) {
    const auto day = take_number(rest, 1, 2);
    if (!day || count_digits(rest) > 0) return std::nullopt;
    text = rest;
    return day_of(digits == 4 ? *first : full_year(*first, pivot), *second, *day);
  }
  const auto year = take_year(rest, pivot);
  if (!year) return std::nullopt;
  if (!take_text(rest, " r.")) take_text(rest, "r.");
  text = rest;
  return day_of_numbers(*first, *second, *year, order);
}

// 20240506
std::optional<Day> take_compact(std::string_view& text) {
  if (count_digits(text) != 8) return std::nullopt;
  const auto year = take_number(text, 4, 4);
  const auto month = take_number(text, 2, 2);
  const auto day = take_number(text, 2, 2);
  return day_of(*year, *month, *day);
}

// 10:20, T102030Z, 10:20:30.5 +02:00, 3:04 PM
bool take_time(std::string_view text, Moment& moment) {
  if (!take(text, 'T') && !take(text, 't')) {
    skip(text, " ,");
  }
  auto hour = take_number(text, 1, 2);
  const bool colons = take(text, ':');
  const auto minute = take_number(text, 2, 2);
  if (!hour || !minute) return false;
  std::optional<int> second = 0;
  std::optional<std::int64_t> micros = 0;
  if (colons ? take(text, ':') : count_digits(text) == 2) {
    second = take_number(text, 2, 2);
    if (take(text, '.') || take(text, ',')) micros = take_fraction(text);
  }
  skip_blanks(text);
  if (const auto past_noon = take_half_of_day(text)) {
    if (*hour < 1 || *hour > 12) return false;
    hour = *hour % 12 + (*past_noon ? 12 : 0);
    skip_blanks(text);
  }
  if (const auto offset = take_offset(text)) {
    moment.has_offset = true;
    moment.offset_minutes = *offset;
  }
  if (!second || !micros || !text.empty()) return false;
  const auto of_day = micros_of(*hour, *minute, *second, *micros);
  moment.has_time = true;
  moment.micros_of_day = of_day.value_or(0);
  return of_day.has_value();
}

}  // namespace

FreeDate read_free_date(std::string_view text, DateOrder order, int two_digit_year_pivot) {
  FreeDate result;
  std::optional<Day> day = take_compact(text);
  if (!day) day = take_numbers(text, order, two_digit_year_pivot);
  if (!day) day = take_chinese(text);
  if (!day) day = take_named_month(text, two_digit_year_pivot);
  if (!day || !day->days) {
    result.problem = day ? day->problem : kNoDate;
    return result;
  }
  result.moment.days = *day->days;
  if (!text.empty() && !take_time(text, result.moment)) {
    result.problem = kNoSuchTime;
    return result;
  }
  result.ok = true;
  return result;
}

}  // namespace cdh::date
