#include "hub/normalize/date.hpp"

#include <gtest/gtest.h>

#include "hub/base/time.hpp"

namespace cdh {
namespace {

void check(std::string_view text, DateOrder order, std::string_view expected) {
  const auto days = parse_date(text, order);
  EXPECT_EQ(days ? format_date(*days) : "none", expected) << text;
}

constexpr DateOrder kOrders[] = {DateOrder::ymd, DateOrder::dmy, DateOrder::mdy};

TEST(Date, WhatEveryOrderReadsAlike) {
  for (const char* text :
       {"1984-02-13",          "1984/02/13",           "1984.2.13",        "19840213",
        "13.02.1984",          "13/02/1984",           "13-2-1984",        "02/13/1984",
        "1984年2月13日",       "13 Feb 1984",          "13-Feb-1984",      "Feb 13, 1984",
        "February 13th, 1984", "Mon, 13 Feb 1984",     "13 lutego 1984",   "13 lutego 1984 r.",
        "13 LUT 1984",         "13. Februar 1984",     "13 II 1984",       "13.II.1984",
        "1984 Feb 13",         "1984-02-13T10:00:00Z", "1984-02-13 10:00", "13.02.1984 10:00:59",
        "19840213T100000Z",    "2/13/1984 9:05 PM",    "19840213100000"}) {
    for (const DateOrder order : kOrders) check(text, order, "1984-02-13");
  }
  for (const DateOrder order : kOrders) check("1 października 1984", order, "1984-10-01");
}

TEST(Date, TheOrderDecides) {
  check("03/04/2005", DateOrder::dmy, "2005-04-03");
  check("03/04/2005", DateOrder::mdy, "2005-03-04");
  check("03/04/2005", DateOrder::ymd, "2005-04-03");
  check("03/04/05", DateOrder::ymd, "2003-04-05");
  check("3.4.05", DateOrder::dmy, "2005-04-03");
  check("03042005", DateOrder::dmy, "2005-04-03");
  check("03042005", DateOrder::mdy, "2005-03-04");
}

TEST(Date, AGivenOrderBinds) {
  const auto check_given = [](std::string_view text, DateOrder order, std::string_view expected) {
    const auto days = parse_date(text, order, OrderIs::given);
    EXPECT_EQ(days ? format_date(*days) : "none", expected) << text;
  };
  check_given("13/05/2024", DateOrder::dmy, "2024-05-13");
  check_given("05/13/2024", DateOrder::dmy, "none");
  check_given("05132024", DateOrder::dmy, "none");
  check_given("05/13/2024", DateOrder::mdy, "2024-05-13");
  check_given("13/05/2024", DateOrder::mdy, "none");
  check_given("24-05-13", DateOrder::ymd, "2024-05-13");
  check_given("13.05.2024", DateOrder::ymd, "none");
  for (const DateOrder order : kOrders) {
    check_given("2024-05-13", order, "2024-05-13");
    check_given("20240513", order, "2024-05-13");
    check_given("13 May 2024", order, "2024-05-13");
    check_given("2024-13-05", order, "none");
  }
}

TEST(Date, TwoDigitYears) {
  check("1.1.29", DateOrder::dmy, "2029-01-01");
  check("1.1.30", DateOrder::dmy, "1930-01-01");
  check("1 Jan 84", DateOrder::dmy, "1984-01-01");
}

TEST(Date, WhatIsNone) {
  for (const char* text :
       {"", "32.01.2020", "31.02.2020", "13/13/2020", "2020-02-30", "29.02.2021", "2020", "1.2",
        "today", "1.2.3.4", "20201301", "1.2.345", "12345678901", "1 Foo 1984", "1984-02-13 foo",
        "1984-02-13 25:00", "00.00.0000", "0000-00-00", "1.1.20202"}) {
    check(text, DateOrder::dmy, "none");
  }
  check(std::string(10'000, '1'), DateOrder::dmy, "none");
}

TEST(Date, OrderOfACountry) {
  EXPECT_EQ(date_order_of("US"), DateOrder::mdy);
  EXPECT_EQ(date_order_of("PL"), DateOrder::dmy);
  EXPECT_EQ(date_order_of("GB"), DateOrder::dmy);
  EXPECT_EQ(date_order_of("CN"), DateOrder::ymd);
  EXPECT_EQ(date_order_of(""), DateOrder::dmy);
  EXPECT_EQ(date_order_from_name("mdy"), DateOrder::mdy);
  EXPECT_EQ(date_order_from_name("ydm"), std::nullopt);
}

TEST(Date, EveryDaySurvivesEveryForm) {
  for (std::int64_t days = -40'000; days < 40'000; days += 13) {
    const CivilDate date = civil_from_days(days);
    const auto text = [&](const char* form, int a, int b, int c) {
      char out[32];
      std::snprintf(out, sizeof out, form, a, b, c);
      return std::string(out);
    };
    EXPECT_EQ(parse_date(format_date(days), DateOrder::dmy), days);
    EXPECT_EQ(parse_date(text("%d.%d.%d", date.day, date.month, date.year), DateOrder::dmy), days);
    EXPECT_EQ(parse_date(text("%d/%d/%d", date.month, date.day, date.year), DateOrder::mdy), days);
    EXPECT_EQ(parse_date(text("%d年%d月%d日", date.year, date.month, date.day), DateOrder::ymd),
              days);
  }
}

}  // namespace
}  // namespace cdh
