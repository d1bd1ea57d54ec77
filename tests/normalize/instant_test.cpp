#include "hub/normalize/instant.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "hub/base/error.hpp"
#include "hub/base/time.hpp"

namespace cdh {
namespace {

void check(std::string_view text, std::string_view zone, std::string_view expected) {
  const auto micros = parse_instant(text, DateOrder::dmy, zone);
  EXPECT_EQ(micros ? format_instant(*micros) : "none", expected) << text;
}

TEST(Instant, OffsetsWritten) {
  check("2026-11-22T10:00:00Z", "Europe/Warsaw", "2026-11-22T10:00:00Z");
  check("2026-11-22T10:00:00.25+01:00", "", "2026-11-22T09:00:00.25Z");
  check("2026-11-22 10:00:00 +0100", "", "2026-11-22T09:00:00Z");
  check("2026-11-22 10:00:00 UTC", "Europe/Warsaw", "2026-11-22T10:00:00Z");
  check("Sun, 22 Nov 2026 10:00:00 +0100", "", "2026-11-22T09:00:00Z");
  check("20261122T100000Z", "Europe/Warsaw", "2026-11-22T10:00:00Z");
}

TEST(Instant, IsShownAsAClockOfTheZoneShowsIt) {
  const auto shown = [](std::string_view text, std::string_view zone) {
    return format_instant(parse_instant(text).value(), zone);
  };
  EXPECT_EQ(shown("2026-11-21T23:30:00Z", "Europe/Warsaw"), "2026-11-22T00:30:00+01:00");
  EXPECT_EQ(shown("2026-07-21T23:30:00.5Z", "Europe/Warsaw"), "2026-07-22T01:30:00.5+02:00");
  EXPECT_EQ(shown("2026-11-22T03:00:00Z", "America/St_Johns"), "2026-11-21T23:30:00-03:30");
  EXPECT_EQ(shown("2026-11-22T03:00:00Z", "UTC"), "2026-11-22T03:00:00+00:00");
  // Both of the hours that the clock shows twice.
  EXPECT_EQ(shown("2026-10-25T00:30:00Z", "Europe/Warsaw"), "2026-10-25T02:30:00+02:00");
  EXPECT_EQ(shown("2026-10-25T01:30:00Z", "Europe/Warsaw"), "2026-10-25T02:30:00+01:00");
}

TEST(Instant, KnowsTheZonesThereAre) {
  EXPECT_TRUE(is_time_zone("Europe/Warsaw"));
  EXPECT_TRUE(is_time_zone("UTC"));
  EXPECT_FALSE(is_time_zone("Europe/Warszawa"));
  const std::vector<std::string> names = time_zone_names();
  EXPECT_NE(std::find(names.begin(), names.end(), "Europe/Warsaw"), names.end());
}

TEST(Instant, WallClocks) {
  check("22.11.2026 10:00", "Europe/Warsaw", "2026-11-22T09:00:00Z");
  check("22.07.2026 10:00", "Europe/Warsaw", "2026-07-22T08:00:00Z");
  check("22.11.2026 9:30 PM", "Asia/Shanghai", "2026-11-22T13:30:00Z");
  check("22.11.2026", "Europe/Warsaw", "2026-11-21T23:00:00Z");
  check("2026-11-22 10:00", "", "2026-11-22T10:00:00Z");
  check("1969-12-31 23:59:59.999999", "Europe/Warsaw", "1969-12-31T22:59:59.999999Z");
}

// Clocks in Warsaw go from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on
// 2026-10-25.
TEST(Instant, SkippedAndRepeatedHours) {
  check("2026-03-29 01:59:59", "Europe/Warsaw", "2026-03-29T00:59:59Z");
  check("2026-03-29 02:30:00", "Europe/Warsaw", "2026-03-29T01:30:00Z");  // = 03:30 in summer time
  check("2026-03-29 03:00:00", "Europe/Warsaw", "2026-03-29T01:00:00Z");
  check("2026-10-25 02:30:00", "Europe/Warsaw", "2026-10-25T00:30:00Z");  // the first of the two
  check("2026-10-25 03:00:00", "Europe/Warsaw", "2026-10-25T02:00:00Z");
}

TEST(Instant, SecondsAndMillisecondsSince1970) {
  check("1700000000", "Europe/Warsaw", "2023-11-14T22:13:20Z");
  check("1700000000250", "", "2023-11-14T22:13:20.25Z");
}

TEST(Instant, WhatIsNone) {
  for (const char* text :
       {"", "soon", "2026-11-22T25:00:00", "2026-11-22T10:61", "10:00", "2026-13-01 10:00",
        "2026-11-22 10:00 +99:00", "2026-11-22 13:00 PM", "2026-11-22 10:00 Foo"}) {
    check(text, "Europe/Warsaw", "none");
  }
}

TEST(Instant, AnUnknownZoneIsAFault) { EXPECT_THROW(utc_from_local(0, "Europe/Warszawa"), Error); }

}  // namespace
}  // namespace cdh
