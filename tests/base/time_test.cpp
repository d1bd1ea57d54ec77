#include "hub/base/time.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

TEST(Time, DatesGoToDaysAndBack) {
  EXPECT_EQ(days_from_civil({1970, 1, 1}), 0);
  EXPECT_EQ(days_from_civil({2000, 2, 29}), 11016);
  EXPECT_EQ(format_date(-1), "1969-12-31");
  for (std::int64_t days = -400'000; days < 400'000; days += 97) {
    EXPECT_EQ(parse_date(format_date(days)), days);
  }
}

TEST(Time, RefusesDatesThatAreNone) {
  for (const char* text : {"2023-02-29", "2024-13-01", "2024-00-10", "24-01-01", "2024-1-1",
                           "2024-01-01x", "", "0000-01-01"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

TEST(Time, InstantsAreUtc) {
  EXPECT_EQ(parse_instant("1970-01-01T01:00:00+01:00"), 0);
  EXPECT_EQ(parse_instant("1970-01-01T00:00:01.5Z"), 1'500'000);
  EXPECT_EQ(format_instant(1'500'000), "1970-01-01T00:00:01.5Z");
  EXPECT_EQ(format_instant(-1), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(parse_instant("1970-01-01T00:00:00"), std::nullopt);
  EXPECT_EQ(parse_instant("1970-01-01T25:00:00Z"), std::nullopt);
}

TEST(Time, LocalTimesHaveNoZone) {
  EXPECT_EQ(parse_local_time("1970-01-02 00:00"), 86'400'000'000);
  EXPECT_EQ(parse_local_time("1970-01-01T00:00:00Z"), std::nullopt);
}

TEST(Duration, IsAWholeNumberOfMinutesHoursOrDays) {
  EXPECT_EQ(parse_duration("90m"), 5'400);
  EXPECT_EQ(parse_duration("26h"), 93'600);
  EXPECT_EQ(parse_duration("2d"), 172'800);
  EXPECT_EQ(parse_duration("10000d"), 864'000'000);
  for (const char* wrong : {"", "h", "26", "26s", "0h", "-1h", "+1h", "1.5h", "1 h", "26h ",
                            "10001d", "99999999999999999999h"}) {
    EXPECT_EQ(parse_duration(wrong), std::nullopt) << wrong;
  }
}

TEST(Duration, IsToldInItsLargestUnit) {
  EXPECT_EQ(rough_duration(59), "0 minutes");
  EXPECT_EQ(rough_duration(60), "1 minute");
  EXPECT_EQ(rough_duration(7'199), "119 minutes");
  EXPECT_EQ(rough_duration(7'200), "2 hours");
  EXPECT_EQ(rough_duration(172'799), "47 hours");
  EXPECT_EQ(rough_duration(172'800), "2 days");
}

}  // namespace
}  // namespace cdh
