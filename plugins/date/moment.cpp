#include "moment.hpp"

#include <cmath>

namespace cdh::date {

namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kMillisPerDay = 86'400'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Takes `word`, given in small letters, in any case.
bool take_word(std::string_view& text, std::string_view word) {
  if (text.size() < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (lower(text[i]) != word[i]) return false;
  }
  text.remove_prefix(word.size());
  return true;
}

int days_of_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

}  // namespace

std::optional<std::int64_t> days_of(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12) return std::nullopt;
  if (day < 1 || day > days_of_month(year, month)) return std::nullopt;
  // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
  const std::int64_t march_year = year - (month <= 2 ? 1 : 0);
  const std::int64_t era = march_year / 400;
  const std::int64_t year_of_era = march_year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

std::optional<std::int64_t> micros_of(int hour, int minute, int second, std::int64_t micros) {
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return ((hour * 60 + minute) * 60 + second) * kMicrosPerSecond + micros;
}

int full_year(int two_digits, int pivot) {
  return two_digits + (two_digits <= pivot ? 2000 : 1900);
}

std::optional<Moment> moment_of_excel(double serial, int epoch_year) {
  constexpr double kLastSerial = 2'958'465;  // 9999-12-31
  if (!(serial >= 1) || !(serial <= kLastSerial)) return std::nullopt;
  std::int64_t days = static_cast<std::int64_t>(std::floor(serial));
  std::int64_t millis = std::llround((serial - std::floor(serial)) * double{kMillisPerDay});
  if (millis == kMillisPerDay) {
    millis = 0;
    ++days;
  }
  Moment moment;
  if (epoch_year == 1904) {
    moment.days = days - 24107;
  } else {
    if (days == 60) return std::nullopt;
    moment.days = days - (days < 60 ? 25568 : 25569);
  }
  moment.has_time = millis != 0;
  moment.micros_of_day = millis * 1000;
  return moment;
}

std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t size = 0;
  int value = 0;
  while (size < most && size < text.size() && is_digit(text[size])) {
    value = value * 10 + (text[size++] - '0');
  }
  if (size < least) return std::nullopt;
  text.remove_prefix(size);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<int> take_offset(std::string_view& text) {
  for (const std::string_view word : {"z", "utc", "gmt"}) {
    if (take_word(text, word)) return 0;
  }
  std::string_view rest = text;
  if (rest.empty() || (rest.front() != '+' && rest.front() != '-')) return std::nullopt;
  const int sign = rest.front() == '-' ? -1 : 1;
  rest.remove_prefix(1);
  const auto hours = take_number(rest, 2, 2);
  if (!hours) return std::nullopt;
  const bool colon = take(rest, ':');
  const auto minutes = take_number(rest, 2, 2);
  if ((colon && !minutes) || *hours > 14 || minutes.value_or(0) > 59) return std::nullopt;
  text = rest;
  return sign * (*hours * 60 + minutes.value_or(0));
}

std::optional<std::int64_t> take_fraction(std::string_view& text) {
  if (text.empty() || !is_digit(text.front())) return std::nullopt;
  std::int64_t micros = 0;
  for (std::int64_t unit = kMicrosPerSecond / 10; !text.empty() && is_digit(text.front());
       unit /= 10) {
    micros += (text.front() - '0') * unit;
    text.remove_prefix(1);
  }
  return micros;
}

std::optional<bool> take_half_of_day(std::string_view& text) {
  if (take_word(text, "am") || take_word(text, "a.m.")) return false;
  if (take_word(text, "pm") || take_word(text, "p.m.")) return true;
  return std::nullopt;
}

}  // namespace cdh::date
