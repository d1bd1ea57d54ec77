// A value as plain text, the way a person would write it in a file; for plugins that compare or
// join fields of any type. The host writes values the same way.
//
//     std::string buffer;
//     std::string_view text = cdh::written(record[field], buffer);   // 4711, true, 2026-11-22
#ifndef CDH_VALUE_TEXT_HPP
#define CDH_VALUE_TEXT_HPP

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include <cdh/plugin.h>

namespace cdh {

namespace detail {

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
inline std::string date_text(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t march_month = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * march_month + 2) / 5 + 1;
  const std::int64_t month = march_month < 10 ? march_month + 3 : march_month - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  char text[72];
  std::snprintf(text, sizeof text, "%04lld-%02lld-%02lld", static_cast<long long>(year),
                static_cast<long long>(month), static_cast<long long>(day));
  return text;
}

inline std::string local_time_text(std::int64_t micros) {
  constexpr std::int64_t kMicrosPerDay = 86'400'000'000;
  std::int64_t days = micros / kMicrosPerDay;
  std::int64_t rest = micros % kMicrosPerDay;
  if (rest < 0) {
    rest += kMicrosPerDay;
    --days;
  }
  const int seconds = static_cast<int>(rest / 1'000'000);
  const int fraction = static_cast<int>(rest % 1'000'000);
  char clock[64];
  std::snprintf(clock, sizeof clock, "T%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60,
                seconds % 60);
  std::string text = date_text(days) + clock;
  if (fraction != 0) {
    std::snprintf(clock, sizeof clock, ".%06d", fraction);
    text += clock;
    while (text.back() == '0') text.pop_back();
  }
  return text;
}

inline std::string instant_text(const cdh_value& value) {
  const int offset = value.offset_minutes;
  const std::string text = local_time_text(value.as.integer + offset * std::int64_t{60'000'000});
  if (offset == 0) return text + "Z";
  const int size = offset < 0 ? -offset : offset;
  char zone[24];
  std::snprintf(zone, sizeof zone, "%c%02d:%02d", offset < 0 ? '-' : '+', size / 60, size % 60);
  return text + zone;
}

// The shortest digits that read back the same. A spreadsheet keeps a phone number as a double:
// below 1e17 it is written out, never as 3.5e+10.
inline std::string real_text(double real) {
  char digits[64];
  char* end = std::to_chars(digits, digits + sizeof digits, real).ptr;
  const bool scientific =
      std::string_view(digits, static_cast<std::size_t>(end - digits)).find('e') !=
      std::string_view::npos;
  if (scientific && real > -1e17 && real < 1e17) {
    end = std::to_chars(digits, digits + sizeof digits, real, std::chars_format::fixed).ptr;
  }
  return {digits, end};
}

}  // namespace detail

// Empty for absent and null. The result lives as long as the value and `buffer`.
inline std::string_view written(const cdh_value& value, std::string& buffer) {
  switch (value.type) {
    case CDH_BOOLEAN:
      return value.as.integer != 0 ? "true" : "false";
    case CDH_INTEGER:
      buffer = std::to_string(value.as.integer);
      return buffer;
    case CDH_DOUBLE:
      buffer = detail::real_text(value.as.real);
      return buffer;
    case CDH_DATE:
      buffer = detail::date_text(value.as.integer);
      return buffer;
    case CDH_LOCAL_TIME:
      buffer = detail::local_time_text(value.as.integer);
      return buffer;
    case CDH_INSTANT:
      buffer = detail::instant_text(value);
      return buffer;
    case CDH_DECIMAL:
    case CDH_TEXT:
    case CDH_BYTES:
    case CDH_JSON:
      return {value.length > 0 ? value.as.text : "", value.length};
    default:
      return {};
  }
}

// Nothing is known: absent, null, or text of ASCII white space and no-break spaces only.
inline bool is_blank(const cdh_value& value) {
  if (value.type == CDH_ABSENT || value.type == CDH_NULL) return true;
  if (value.type != CDH_TEXT && value.type != CDH_DECIMAL && value.type != CDH_JSON) return false;
  const std::string_view text(value.length > 0 ? value.as.text : "", value.length);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "\xC2\xA0") {
      ++i;
    } else if (text[i] != ' ' && (text[i] < '\t' || text[i] > '\r')) {
      return false;
    }
  }
  return true;
}

}  // namespace cdh

#endif
