// The transform "date": what it makes of one field D.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/transform_run.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

void check(const std::string& options, const Value& given, const std::string& expected) {
  const std::string comma = options.empty() ? "" : ", ";
  SCOPED_TRACE(options + " of " + to_text(given));
  EXPECT_EQ(transformed("date", "{fields: [D]" + comma + options + "}", {{"D", given}}), expected);
}

void check(const std::string& options, const std::string& given, const std::string& expected) {
  check(options, text_value(given), expected);
}

void check_not(const std::string& options, const std::string& given, const std::string& rule) {
  check(options, given, "quarantined D: \"D\" " + rule);
}

TEST(Date, ReadsEachFormat) {
  check("formats: [dd.MM.yyyy]", "31.12.2024", "D=2024-12-31");
  check("formats: [dd.MM.yyyy]", "1.2.2024", "D=2024-02-01");
  check("formats: [yyyyMMdd]", "20240229", "D=2024-02-29");
  check("formats: [d/M/yy]", "5/6/24", "D=2024-06-05");
  check("formats: [yyyy年M月d日]", "2024年5月6日", "D=2024-05-06");
  check("formats: [dd MMM yyyy]", "06 May 2024", "D=2024-05-06");
  check("formats: [d MMM yyyy]", "6 października 2024", "D=2024-10-06");
  check("formats: [d MMM yyyy]", "6 PAŹ 2024", "D=2024-10-06");
  check("formats: ['dd.MM.yyyy HH:mm']", "06.05.2024 10:20", "D=2024-05-06T10:20:00");
  check("formats: ['M/d/yyyy h:mm a']", "5/6/2024 12:05 AM", "D=2024-05-06T00:05:00");
  check("formats: [\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\"]", "2024-05-06T10:20:30.250+02:00",
        "D=2024-05-06T10:20:30.25+02:00");
  check("formats: ['EEE, dd MMM yyyy HH:mm:ss XXX']", "Mon, 06 May 2024 10:20:30 +0000",
        "D=2024-05-06T10:20:30Z");
}

TEST(Date, TriesTheFormatsInOrder) {
  const std::string formats = "formats: [dd.MM.yyyy, yyyy-MM-dd, excel]";
  check(formats, "06.05.2024", "D=2024-05-06");
  check(formats, "2024-05-06", "D=2024-05-06");
  check(formats, "45418", "D=2024-05-06");
  check_not(formats, "May", "is not a date of the form dd.MM.yyyy, yyyy-MM-dd, excel");
}

TEST(Date, ReadsEpochsAndSpreadsheetDays) {
  check("formats: [epoch_s]", integer_value(1714990830), "D=2024-05-06T10:20:30Z");
  check("formats: [epoch_ms]", "1714990830250", "D=2024-05-06T10:20:30.25Z");
  check("formats: [epoch_s]", "-1", "D=1969-12-31T23:59:59Z");
  check("formats: [excel]", real_value(45418), "D=2024-05-06");
  check("formats: [excel]", real_value(45418.5), "D=2024-05-06T12:00:00");
  check("formats: [excel]", integer_value(59), "D=1900-02-28");
  check("formats: [excel]", integer_value(61), "D=1900-03-01");
  check("formats: [excel_1904]", integer_value(43956), "D=2024-05-06");
  check_not("formats: [excel]", "60", "is not a date of the form excel");
  check_not("formats: [epoch_s]", "99999999999999", "is not a date of the form epoch_s");
}

TEST(Date, ReadsUsualFormsWithoutFormats) {
  check("", "2024-05-06", "D=2024-05-06");
  check("", " 2024/5/6 ", "D=2024-05-06");
  check("", integer_value(20240506), "D=2024-05-06");
  check("", "25.12.2024", "D=2024-12-25");
  check("", "12/25/2024", "D=2024-12-25");
  check("", "05.05.2024", "D=2024-05-05");
  check("", "6 May 2024", "D=2024-05-06");
  check("", "6-May-24", "D=2024-05-06");
  check("", "May 6, 2024", "D=2024-05-06");
  check("", "6 maja 2024 r.", "D=2024-05-06");
  check("", "2024年5月6日", "D=2024-05-06");
  check("", "2024-05-06T10:20:30Z", "D=2024-05-06T10:20:30Z");
  check("", "2024-05-06 10:20:30.5 +02:00", "D=2024-05-06T10:20:30.5+02:00");
  check("", "20240506T102030Z", "D=2024-05-06T10:20:30Z");
  check("order: mdy", "5/6/2024 3:04 PM", "D=2024-05-06T15:04:00");
}

TEST(Date, AnAmbiguousDateIsNotGuessed) {
  check_not("", "05/06/2024",
            "can be read with the day or with the month first; set the option order or formats");
  check("order: dmy", "05/06/2024", "D=2024-06-05");
  check("order: mdy", "05/06/2024", "D=2024-05-06");
  check("order: ymd", "24-05-06", "D=2024-05-06");
  check_not("order: dmy", "12/25/2024", "names a day that does not exist");
}

TEST(Date, TwoDigitYearsTurnAtThePivot) {
  check("order: dmy", "1.2.29", "D=2029-02-01");
  check("order: dmy", "1.2.30", "D=1930-02-01");
  check("order: dmy, two_digit_year_pivot: 99", "1.2.30", "D=2030-02-01");
}

TEST(Date, WhatIsNoDateIsQuarantinedEmptiedOrKept) {
  check_not("", "31.02.2024", "names a day that does not exist");
  check_not("", "0000-00-00", "names a day that does not exist");
  check_not("", "29.02.2023", "names a day that does not exist");
  check_not("", "2024-05-06T25:00", "has a time that does not exist or cannot be read");
  check_not("", "tomorrow", "is not a date");
  check_not("formats: [dd.MM.yyyy]", "06.05.2024x", "is not a date of the form dd.MM.yyyy");
  check("on_error: \"null\"", "tomorrow", "D=null");
  check("on_error: keep", "tomorrow", "D=tomorrow");
}

TEST(Date, DatesNeverMove) {
  check("", date_value(19849), "D=2024-05-06");
  check("formats: [dd.MM.yyyy]", date_value(-1), "D=1969-12-31");
  check("", "1910-01-01", "D=1910-01-01");
}

TEST(Date, BlankValuesPass) {
  check("", "", "D=");
  check("", "  ", "D=  ");
  check("", null_value(), "D=null");
}

TEST(Date, WrongOptionsNameTheOption) {
  EXPECT_THAT(config_error("date", "{fields: [D], formats: [dd.MM]}"), HasSubstr("needs a year"));
  EXPECT_THAT(config_error("date", "{fields: [D], formats: [dd.MM.yyyy HH:nn]}"),
              HasSubstr("unknown letter n"));
  EXPECT_THAT(config_error("date", "{fields: [D], formats: [ddd.MM.yyyy]}"),
              HasSubstr("wrong number of letters d"));
  EXPECT_THAT(config_error("date", "{fields: [D], formats: [yyyyMMdd], order: dmy}"),
              HasSubstr("no meaning beside formats"));
  EXPECT_THAT(config_error("date", "{fields: [D], two_digit_year_pivot: 100}"),
              HasSubstr("two_digit_year_pivot"));
}

}  // namespace
}  // namespace cdh
