// A time of day, with its zone where one is written.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cdh {

struct ClockTime {
  std::int64_t micros = 0;            // since midnight; 24:00 is the next midnight
  std::optional<int> offset_minutes;  // east of UTC, when written: Z, UTC, GMT, +01:00, +0100
};

// "10:00", "10:00:59.5", "22.15", "9 PM", "10:00 pm", "100059Z"; the whole text, or nothing.
std::optional<ClockTime> parse_clock_time(std::string_view text);

}  // namespace cdh
