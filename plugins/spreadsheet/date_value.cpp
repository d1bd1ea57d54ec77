#include "date_value.hpp"

#include <cmath>
#include <cstdio>

namespace cdh::spreadsheet {
namespace {

constexpr std::int64_t kMillisPerDay = 86'400'000;
constexpr std::int64_t kDays1899Dec30 = -25569;  // from 1970-01-01; day 61 counts from here
constexpr std::int64_t kDays1904Jan1 = -24107;
constexpr double kMaxSerial1900 = 2'958'466.0;  // 10000-01-01
constexpr std::int64_t kLeapDay1900 = 60;

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) {
  year -= month <= 2;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto year_of_era = static_cast<unsigned>(year - era * 400);
  const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + static_cast<std::int64_t>(day_of_era) - 719468;
}

unsigned days_in_month(unsigned year, unsigned month) {
  constexpr unsigned kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

// hh:mm:ss, with .fff when there are milliseconds.
void set_clock(Cell& cell, std::int64_t millis) {
  char text[40];
  int size = std::snprintf(
      text, sizeof text, "%02lld:%02lld:%02lld", static_cast<long long>(millis / 3'600'000),
      static_cast<long long>(millis / 60'000 % 60), static_cast<long long>(millis / 1000 % 60));
  if (millis % 1000 != 0) {
    size += std::snprintf(text + size, sizeof text - static_cast<std::size_t>(size), ".%03lld",
                          static_cast<long long>(millis % 1000));
  }
  cell.set_text({text, static_cast<std::size_t>(size)});
}

// Takes exactly `count` digits off the front, or fails.
bool take_number(std::string_view& text, std::size_t count, unsigned& out) {
  if (text.size() < count) return false;
  out = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    out = out * 10 + static_cast<unsigned>(text[i] - '0');
  }
  text.remove_prefix(count);
  return true;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

// Digits after the point, as microseconds; further digits are dropped.
bool take_fraction(std::string_view& text, std::int64_t& micros) {
  micros = 0;
  if (!take(text, '.') && !take(text, ',')) return true;
  std::int64_t unit = 100'000;
  std::size_t digits = 0;
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
    micros += unit * (text[digits] - '0');
    unit /= 10;
  }
  text.remove_prefix(digits);
  return digits > 0;
}

bool parse_day(std::string_view& text, std::int64_t& days) {
  unsigned year = 0, month = 0, day = 0;
  if (!take_number(text, 4, year) || !take(text, '-') || !take_number(text, 2, month) ||
      !take(text, '-') || !take_number(text, 2, day)) {
    return false;
  }
  if (month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return false;
  days = days_from_civil(year, month, day);
  return true;
}

bool parse_clock(std::string_view& text, std::int64_t& micros) {
  unsigned hour = 0, minute = 0, second = 0;
  if (!take_number(text, 2, hour) || !take(text, ':') || !take_number(text, 2, minute))
    return false;
  if (take(text, ':') && !take_number(text, 2, second)) return false;
  std::int64_t fraction = 0;
  if (!take_fraction(text, fraction)) return false;
  micros = ((std::int64_t{hour} * 60 + minute) * 60 + second) * 1'000'000 + fraction;
  return hour < 24 && minute < 60 && second < 60;
}

}  // namespace

bool set_serial_date(Cell& cell, double serial, NumberFormat::Kind kind, Epoch epoch) {
  if (!(serial >= 0 && serial < kMaxSerial1900)) return false;
  auto day = static_cast<std::int64_t>(std::floor(serial));
  auto millis = static_cast<std::int64_t>(
      std::llround((serial - std::floor(serial)) * static_cast<double>(kMillisPerDay)));
  if (millis == kMillisPerDay) {
    ++day;
    millis = 0;
  }
  const bool day_less = day == 0 && (kind == NumberFormat::Kind::time_of_day ||
                                     (epoch == Epoch::year_1900 && millis != 0));
  if (kind == NumberFormat::Kind::elapsed_time || day_less) {
    set_clock(cell, day * kMillisPerDay + millis);
    return true;
  }
  std::int64_t date = kDays1904Jan1 + day;
  if (epoch == Epoch::year_1900) {
    if (day == 0 || day == kLeapDay1900) {
      cell.set_text(day == 0 ? "1900-01-00" : "1900-02-29");
      return true;
    }
    date = kDays1899Dec30 + day + (day < kLeapDay1900 ? 1 : 0);
  }
  if (millis == 0) {
    cell.set_integer(CDH_DATE, date);
  } else {
    cell.set_integer(CDH_LOCAL_TIME, (date * kMillisPerDay + millis) * 1000);
  }
  return true;
}

void set_iso_date(Cell& cell, std::string_view text) {
  std::string_view rest = text;
  std::int64_t days = 0, micros = 0;
  if (parse_day(rest, days)) {
    if (rest.empty()) return cell.set_integer(CDH_DATE, days);
    if ((take(rest, 'T') || take(rest, ' ')) && parse_clock(rest, micros) && rest.empty()) {
      if (micros == 0) return cell.set_integer(CDH_DATE, days);
      return cell.set_integer(CDH_LOCAL_TIME, days * kMillisPerDay * 1000 + micros);
    }
  }
  cell.set_text(text);
}

void set_iso_duration(Cell& cell, std::string_view text) {
  std::string_view rest = text;
  if (!take(rest, 'P') || !take(rest, 'T')) return cell.set_text(text);
  std::int64_t millis = 0;
  while (!rest.empty()) {
    std::int64_t number = 0, micros = 0;
    std::size_t digits = 0;
    for (; digits < rest.size() && digits < 9 && rest[digits] >= '0' && rest[digits] <= '9';
         ++digits) {
      number = number * 10 + (rest[digits] - '0');
    }
    rest.remove_prefix(digits);
    if (digits == 0 || !take_fraction(rest, micros)) return cell.set_text(text);
    if (take(rest, 'H')) {
      millis += number * 3'600'000;
    } else if (take(rest, 'M')) {
      millis += number * 60'000;
    } else if (take(rest, 'S')) {
      millis += number * 1000 + micros / 1000;
    } else {
      return cell.set_text(text);
    }
  }
  set_clock(cell, millis);
}

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
std::string iso_date(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const std::int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  char text[40];
  const int size =
      std::snprintf(text, sizeof text, "%04lld-%02lld-%02lld", static_cast<long long>(year),
                    static_cast<long long>(month), static_cast<long long>(day));
  return {text, static_cast<std::size_t>(size)};
}

std::string iso_local_time(std::int64_t micros) {
  const std::int64_t micros_per_day = kMillisPerDay * 1000;
  std::int64_t days = micros / micros_per_day;
  if (micros % micros_per_day < 0) --days;
  Cell clock;
  set_clock(clock, (micros - days * micros_per_day) / 1000);
  return iso_date(days) + "T" + clock.text;
}

}  // namespace cdh::spreadsheet
