#include "hub/normalize/clock_time.hpp"

#include <string>

#include "hub/base/text.hpp"

namespace cdh {

namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr int kMaxOffsetMinutes = 18 * 60;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// One to `max_digits` digits from the front.
std::optional<int> take_number(std::string_view& text, std::size_t max_digits) {
  std::size_t size = 0;
  int value = 0;
  while (size < text.size() && size < max_digits && is_digit(text[size])) {
    value = value * 10 + (text[size++] - '0');
  }
  if (size == 0) return std::nullopt;
  text.remove_prefix(size);
  return value;
}

bool take_separator(std::string_view& text) {
  if (text.empty() || (text.front() != ':' && text.front() != '.')) return false;
  text.remove_prefix(1);
  return true;
}

// ".5" is half a second; what is finer than a microsecond is cut.
std::optional<std::int64_t> take_fraction(std::string_view& text) {
  if (text.empty() || (text.front() != '.' && text.front() != ',')) return 0;
  text.remove_prefix(1);
  if (text.empty() || !is_digit(text.front())) return std::nullopt;
  std::int64_t micros = 0;
  for (std::int64_t unit = kMicrosPerSecond / 10; !text.empty() && is_digit(text.front());
       unit /= 10) {
    micros += (text.front() - '0') * unit;
    text.remove_prefix(1);
  }
  return micros;
}

// "+01:00", "+0100", "+01", "Z", "UTC", "GMT", "UTC+1".
std::optional<int> parse_offset(std::string_view text) {
  for (const std::string_view utc : {"Z", "z", "UTC", "GMT"}) {
    if (text == utc) return 0;
  }
  if (text.starts_with("UTC") || text.starts_with("GMT")) text.remove_prefix(3);
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  const auto hours = take_number(text, 2);
  if (!hours) return std::nullopt;
  int minutes = 0;
  if (!text.empty()) {
    if (text.front() == ':') text.remove_prefix(1);
    const auto given = take_number(text, 2);
    if (!given || *given > 59) return std::nullopt;
    minutes = *given;
  }
  const int offset = *hours * 60 + minutes;
  if (!text.empty() || offset > kMaxOffsetMinutes) return std::nullopt;
  return sign * offset;
}

// Whether a "pm" or "am" stands at the front; removes it. 12 or 0 hours to add, nothing: none
// there.
std::optional<bool> take_is_afternoon(std::string_view& text) {
  const std::string mark = ascii_lower(text.substr(0, 4));
  for (const std::string_view form : {"a.m.", "p.m.", "am", "pm"}) {
    if (std::string_view(mark).starts_with(form)) {
      text = trim(text.substr(form.size()));
      return form.front() == 'p';
    }
  }
  return std::nullopt;
}

struct Clock {
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::int64_t fraction = 0;
  bool has_minute = false;
};

// "10", "10:00", "10:00:59.5", "100059".
std::optional<Clock> take_clock(std::string_view& text) {
  Clock clock;
  const auto hour = take_number(text, 2);
  if (!hour) return std::nullopt;
  clock.hour = *hour;
  const bool is_packed = !text.empty() && is_digit(text.front());
  if (is_packed || take_separator(text)) {
    const auto minute = take_number(text, 2);
    if (!minute) return std::nullopt;
    clock.minute = *minute;
    clock.has_minute = true;
    if (is_packed ? !text.empty() && is_digit(text.front()) : take_separator(text)) {
      const auto second = take_number(text, 2);
      const auto fraction = take_fraction(text);
      if (!second || !fraction) return std::nullopt;
      clock.second = *second;
      clock.fraction = *fraction;
    }
  }
  return clock;
}

}  // namespace

std::optional<ClockTime> parse_clock_time(std::string_view text) {
  text = trim(text);
  auto clock = take_clock(text);
  if (!clock) return std::nullopt;
  text = trim(text);
  if (const auto is_afternoon = take_is_afternoon(text)) {
    if (clock->hour < 1 || clock->hour > 12) return std::nullopt;
    clock->hour = clock->hour % 12 + (*is_afternoon ? 12 : 0);
  } else if (!clock->has_minute) {
    return std::nullopt;
  }
  ClockTime time;
  if (!text.empty()) {
    time.offset_minutes = parse_offset(text);
    if (!time.offset_minutes) return std::nullopt;
  }
  const bool is_midnight = clock->hour == 24 && clock->minute == 0 && clock->second == 0;
  if ((clock->hour > 23 && !is_midnight) || clock->minute > 59 || clock->second > 60) {
    return std::nullopt;
  }
  const std::int64_t seconds = (clock->hour * 60 + clock->minute) * 60 + clock->second;
  time.micros = seconds * kMicrosPerSecond + clock->fraction;
  return time;
}

}  // namespace cdh
