#include "hub/config/limits.hpp"

#include <charconv>
#include <utility>
#include <vector>

namespace cdh {

namespace {

struct Percentage {
  const char* name;
  int StreamLimits::*value;
  const char* help;
};

constexpr Percentage kPercentages[] = {
    {"gone", &StreamLimits::gone,
     "Percent of a stream's records that one run may mark as gone, or that a changed mapping may "
     "make no longer. 100 is no limit, here and below."},
    {"smaller", &StreamLimits::smaller,
     "Percent of rows that a full stream may have less than when it was last read whole."},
    {"quarantined", &StreamLimits::quarantined,
     "Percent of what a stream delivers that may be refused and was not before."}};

constexpr const char* kMayBeEmpty =
    "true: a full stream that had records may deliver none; all of them are then gone.";
constexpr const char* kMinRecords =
    "Of fewer records, rows or profiles than this any share may change.";
constexpr int kMostRecords = 1'000'000'000;

// One declaration for both; a source has no defaults of its own.
std::vector<ShapeKey> stream_keys(bool with_defaults) {
  const StreamLimits defaults;
  const auto or_none = [&](std::string text) {
    return with_defaults ? Setting::scalar(std::move(text)) : Setting{};
  };
  std::vector<ShapeKey> keys;
  for (const Percentage& limit : kPercentages) {
    keys.push_back({limit.name, shapes::integer(0, 100), limit.help, false,
                    or_none(std::to_string(defaults.*limit.value))});
  }
  keys.push_back({"may_be_empty", shapes::flag(), kMayBeEmpty, false,
                  or_none(defaults.may_be_empty ? "true" : "false")});
  keys.push_back({"min_records", shapes::integer(1, kMostRecords), kMinRecords, false,
                  or_none(std::to_string(defaults.min_records))});
  return keys;
}

void read_number(const Setting& given, const char* key, int& number) {
  const Setting* setting = given.find(key);
  if (setting == nullptr) return;
  std::from_chars(setting->text.data(), setting->text.data() + setting->text.size(), number);
}

}  // namespace

bool is_beyond(std::int64_t part, std::int64_t whole, int percent, int min_records) {
  return whole >= min_records && part * 100 > whole * percent;
}

std::string limit_text(std::string_view key, int percent) {
  return "more than `limits: " + std::string(key) + "` allows (" + std::to_string(percent) + " %)";
}

ShapePtr limits_shape() {
  std::vector<ShapeKey> keys = stream_keys(true);
  keys.push_back({"profiles", shapes::integer(0, 100),
                  "Percent of all profiles that one run may merge into others, split or remove.",
                  false, Setting::scalar(std::to_string(HubLimits{}.profiles))});
  return shapes::record("limits", std::move(keys));
}

ShapePtr source_limits_shape() { return shapes::record("source limits", stream_keys(false)); }

HubLimits bind_limits(const Setting& given) {
  HubLimits limits;
  limits.streams = bind_source_limits(given, {});
  read_number(given, "profiles", limits.profiles);
  return limits;
}

StreamLimits bind_source_limits(const Setting& given, const StreamLimits& of_hub) {
  StreamLimits limits = of_hub;
  for (const Percentage& limit : kPercentages) read_number(given, limit.name, limits.*limit.value);
  read_number(given, "min_records", limits.min_records);
  if (const Setting* empty = given.find("may_be_empty")) {
    limits.may_be_empty = empty->text == "true";
  }
  return limits;
}

}  // namespace cdh
