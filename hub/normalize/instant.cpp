#include "hub/normalize/instant.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <string>

#include <unicode/basictz.h>
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

const icu::BasicTimeZone& zone_named(std::string_view name) {
  thread_local std::map<std::string, std::unique_ptr<icu::BasicTimeZone>, std::less<>> zones;
  if (const auto found = zones.find(name); found != zones.end()) return *found->second;
  std::unique_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(std::string(name))));
  auto* basic = dynamic_cast<icu::BasicTimeZone*>(zone.get());
  if (basic == nullptr || *zone == icu::TimeZone::getUnknown()) {
    throw Error(ErrorKind::config, "unknown time zone \"" + std::string(name) +
                                       "\"; write a name such as Europe/Warsaw");
  }
  zone.release();
  return *zones.emplace(name, std::unique_ptr<icu::BasicTimeZone>(basic)).first->second;
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
  if (U_FAILURE(status)) {
    throw Error(ErrorKind::internal, "ICU gives no offset for time zone " + std::string(zone));
  }
  return local_micros - (std::int64_t{raw_millis} + saving_millis) * kMicrosPerMilli;
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
