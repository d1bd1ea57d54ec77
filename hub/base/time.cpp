#include "hub/base/time.hpp"

#include <charconv>
#include <chrono>

#include "hub/base/text.hpp"

namespace cdh {

namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;
constexpr std::int64_t kMicrosPerDay = 24 * 60 * kMicrosPerMinute;
constexpr std::int64_t kSecondsPerHour = 60 * 60;
constexpr std::int64_t kSecondsPerDay = 24 * kSecondsPerHour;

// Reads exactly `width` digits at the front of `text` and removes them.
std::optional<int> take_digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

// With zeros in front up to `width`. Written out because millions of dates are.
void append_padded(std::string& text, int number, std::size_t width) {
  const std::string digits = std::to_string(number);
  if (digits.size() < width) text.append(width - digits.size(), '0');
  text += digits;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::int64_t> take_date(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day) return std::nullopt;
  const CivilDate date{*year, *month, *day};
  if (!is_valid(date)) return std::nullopt;
  return days_from_civil(date);
}

// hh:mm[:ss[.ffffff]], as microseconds of the day.
std::optional<std::int64_t> take_clock(std::string_view& text) {
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::int64_t micros = (*hour * 60 + *minute) * kMicrosPerMinute;
  if (!take(text, ':')) return micros;
  const auto second = take_digits(text, 2);
  if (!second || *second > 59) return std::nullopt;
  micros += *second * kMicrosPerSecond;
  if (!take(text, '.')) return micros;
  std::int64_t unit = kMicrosPerSecond / 10;
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    micros += (text.front() - '0') * unit;
    unit /= 10;
    text.remove_prefix(1);
  }
  return micros;
}

std::optional<std::int64_t> take_local_time(std::string_view& text) {
  const auto days = take_date(text);
  if (!days) return std::nullopt;
  if (!take(text, 'T') && !take(text, ' ')) return std::nullopt;
  const auto clock = take_clock(text);
  if (!clock) return std::nullopt;
  return *days * kMicrosPerDay + *clock;
}

}  // namespace

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days from March of year 0, in
// eras of 400 years.
std::int64_t days_from_civil(CivilDate date) {
  const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t month = date.month + (date.month > 2 ? -3 : 9);
  const std::int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

CivilDate civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month = (5 * day_of_year + 2) / 153;
  CivilDate date;
  date.day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
  date.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
  date.year = static_cast<int>(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
  return date;
}

bool is_valid(CivilDate date) {
  if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 || date.day < 1) {
    return false;
  }
  return civil_from_days(days_from_civil(date)) == date;
}

std::string format_date(std::int64_t days) {
  const CivilDate date = civil_from_days(days);
  std::string text;
  append_padded(text, date.year, 4);
  text += '-';
  append_padded(text, date.month, 2);
  text += '-';
  append_padded(text, date.day, 2);
  return text;
}

std::optional<std::int64_t> parse_date(std::string_view text) {
  const auto days = take_date(text);
  return text.empty() ? days : std::nullopt;
}

std::string format_local_time(std::int64_t micros) {
  std::int64_t days = micros / kMicrosPerDay;
  std::int64_t rest = micros % kMicrosPerDay;
  if (rest < 0) {
    rest += kMicrosPerDay;
    --days;
  }
  const int seconds = static_cast<int>(rest / kMicrosPerSecond);
  const int fraction = static_cast<int>(rest % kMicrosPerSecond);
  std::string text = format_date(days);
  text += 'T';
  append_padded(text, seconds / 3600, 2);
  text += ':';
  append_padded(text, seconds / 60 % 60, 2);
  text += ':';
  append_padded(text, seconds % 60, 2);
  if (fraction != 0) {
    text += '.';
    append_padded(text, fraction, 6);
    while (text.back() == '0') text.pop_back();
  }
  return text;
}

std::optional<std::int64_t> parse_local_time(std::string_view text) {
  const auto micros = take_local_time(text);
  return text.empty() ? micros : std::nullopt;
}

std::string format_instant(std::int64_t micros) { return format_local_time(micros) + "Z"; }

std::optional<std::int64_t> parse_instant(std::string_view text) {
  const auto micros = take_local_time(text);
  if (!micros || text.empty()) return std::nullopt;
  if (text == "Z") return micros;
  const char sign = text.front();
  if (sign != '+' && sign != '-') return std::nullopt;
  text.remove_prefix(1);
  const auto hours = take_digits(text, 2);
  if (!hours) return std::nullopt;
  take(text, ':');
  const auto minutes = take_digits(text, 2);
  if (!minutes || !text.empty() || *hours > 18 || *minutes > 59) return std::nullopt;
  const std::int64_t offset = (*hours * 60 + *minutes) * kMicrosPerMinute;
  return sign == '+' ? *micros - offset : *micros + offset;
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  constexpr std::int64_t kLongest = 10'000 * kSecondsPerDay;
  if (text.size() < 2) return std::nullopt;
  const char unit = text.back();
  const std::int64_t seconds = unit == 'm'   ? 60
                               : unit == 'h' ? kSecondsPerHour
                               : unit == 'd' ? kSecondsPerDay
                                             : 0;
  text.remove_suffix(1);
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (seconds == 0 || count < 1 || count > kLongest / seconds) return std::nullopt;
  return count * seconds;
}

std::string rough_duration(std::int64_t seconds) {
  if (seconds >= 2 * kSecondsPerDay) return counted(seconds / kSecondsPerDay, "day", "days");
  if (seconds >= 2 * kSecondsPerHour) return counted(seconds / kSecondsPerHour, "hour", "hours");
  return counted(seconds / 60, "minute", "minutes");
}

std::int64_t now_micros() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace cdh
