#include "hub/normalize/instant.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include <unicode/basictz.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/base/time.hpp"
#include "hub/normalize/clock_time.hpp"

namespace cdh {

namespace {

constexpr std::int64_t kMicrosPerMilli = 1'000;
constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

// Null when ICU does not know it.
std::unique_ptr<icu::BasicTimeZone> find_zone(std::string_view name) {
  std::unique_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(std::string(name))));
  const bool is_basic = dynamic_cast<icu::BasicTimeZone*>(zone.get()) != nullptr;
  if (!is_basic || *zone == icu::TimeZone::getUnknown()) return nullptr;
  return std::unique_ptr<icu::BasicTimeZone>(static_cast<icu::BasicTimeZone*>(zone.release()));
}

const icu::BasicTimeZone& zone_named(std::string_view name) {
  thread_local std::map<std::string, std::unique_ptr<icu::BasicTimeZone>, std::less<>> zones;
  if (const auto found = zones.find(name); found != zones.end()) return *found->second;
  std::unique_ptr<icu::BasicTimeZone> zone = find_zone(name);
  if (zone == nullptr) {
    throw Error(ErrorKind::config, "unknown time zone \"" + std::string(name) +
                                       "\"; write a name such as Europe/Warsaw");
  }
  return *zones.emplace(name, std::move(zone)).first->second;
}

[[noreturn]] void fail_without_offset(std::string_view zone) {
  throw Error(ErrorKind::internal, "ICU gives no offset for time zone " + std::string(zone));
}

std::int64_t floor_to_millis(std::int64_t micros) {
  const std::int64_t millis = micros / kMicrosPerMilli;
  return micros % kMicrosPerMilli < 0 ? millis - 1 : millis;
}

// Seconds or milliseconds since 1970, by their digits: 2001 to 2286.
std::optional<std::int64_t> parse_epoch(std::string_view text) {
  if (text.size() != 10 && text.size() != 13) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value * (text.size() == 10 ? kMicrosPerSecond : kMicrosPerMilli);
}

}  // namespace

std::int64_t utc_from_local(std::int64_t local_micros, std::string_view zone) {
  if (zone.empty() || zone == "UTC") return local_micros;
  std::int32_t raw_millis = 0;
  std::int32_t saving_millis = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone_named(zone).getOffsetFromLocal(static_cast<UDate>(floor_to_millis(local_micros)),
                                      UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, raw_millis,
                                      saving_millis, status);
  if (U_FAILURE(status)) fail_without_offset(zone);
  return local_micros - (std::int64_t{raw_millis} + saving_millis) * kMicrosPerMilli;
}

std::int64_t local_from_utc(std::int64_t micros, std::string_view zone) {
  if (zone.empty() || zone == "UTC") return micros;
  std::int32_t raw_millis = 0;
  std::int32_t saving_millis = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone_named(zone).getOffset(static_cast<UDate>(floor_to_millis(micros)), false, raw_millis,
                             saving_millis, status);
  if (U_FAILURE(status)) fail_without_offset(zone);
  return micros + (std::int64_t{raw_millis} + saving_millis) * kMicrosPerMilli;
}

std::int64_t day_in(std::int64_t micros, std::string_view zone) {
  const std::chrono::microseconds local(local_from_utc(micros, zone));
  return std::chrono::floor<std::chrono::days>(local).count();
}

std::string format_instant(std::int64_t micros, std::string_view zone) {
  const std::int64_t local = local_from_utc(micros, zone);
  const std::int64_t minutes = (local - micros) / (60 * kMicrosPerSecond);
  const std::int64_t size = std::abs(minutes);
  const auto two_digits = [](std::int64_t number) {
    return std::string{static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
  };
  return format_local_time(local) + (minutes < 0 ? '-' : '+') + two_digits(size / 60) + ':' +
         two_digits(size % 60);
}

bool is_time_zone(std::string_view name) { return name == "UTC" || find_zone(name) != nullptr; }

std::vector<std::string> time_zone_names() {
  std::vector<std::string> names;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> known(icu::TimeZone::createEnumeration(status));
  std::int32_t size = 0;
  while (U_SUCCESS(status)) {
    const char* name = known->next(&size, status);
    if (name == nullptr) break;
    names.emplace_back(name, static_cast<std::size_t>(size));
  }
  return names;
}

std::optional<std::int64_t> parse_instant(std::string_view text, DateOrder order,
                                          std::string_view zone, OrderIs order_is) {
  text = trim(text);
  if (const auto instant = parse_instant(text)) return instant;  // ISO 8601 with its offset
  if (const auto instant = parse_epoch(text)) return instant;
  const auto date = parse_date_prefix(text, order, order_is);
  if (!date) return std::nullopt;
  std::int64_t local = date->days * kMicrosPerDay;
  if (!date->rest.empty()) {
    const auto clock = parse_clock_time(date->rest);
    if (!clock) return std::nullopt;
    local += clock->micros;
    if (clock->offset_minutes) return local - *clock->offset_minutes * 60 * kMicrosPerSecond;
  }
  return utc_from_local(local, zone);
}

}  // namespace cdh
