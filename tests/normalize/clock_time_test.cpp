#include "hub/normalize/clock_time.hpp"

#include <string>

#include <gtest/gtest.h>

namespace cdh {
namespace {

// "seconds", "seconds offset" or "none".
void check(std::string_view text, std::string_view expected) {
  const auto time = parse_clock_time(text);
  std::string shown = "none";
  if (time) {
    shown = std::to_string(time->micros / 1'000'000);
    if (time->offset_minutes) shown += " " + std::to_string(*time->offset_minutes);
  }
  EXPECT_EQ(shown, expected) << text;
}

TEST(ClockTime, Forms) {
  check("10:00", "36000");
  check("9:05:07", "32707");
  check("22.15", "80100");
  check("100059", "36059");
  check("9 PM", "75600");
  check("12:00 am", "0");
  check("12:30 p.m.", "45000");
  check("24:00", "86400");
  check("10:00Z", "36000 0");
  check("10:00:00 GMT", "36000 0");
  check("10:00+01:00", "36000 60");
  check("10:00 -0330", "36000 -210");
}

TEST(ClockTime, WhatIsNone) {
  for (const char* text : {"", "10", "24:01", "10:60", "10:00:61", "13 PM", "0 AM", "10:00 X",
                           "10:", "a", "10:00:00."}) {
    check(text, "none");
  }
}

TEST(ClockTime, FinerThanAMicrosecondIsCut) {
  EXPECT_EQ(parse_clock_time("00:00:00.1234567")->micros, 123'456);
}

}  // namespace
}  // namespace cdh
