#include "hub/normalize/number_marks.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

// What parts thousands: "," "." or "" when a mark before three digits is decimal.
std::string thousands_of(std::string_view country) {
  const NumberMarks marks = number_marks_of(country);
  return std::string(marks.comma_parts_thousands ? "," : "") +
         (marks.point_parts_thousands ? "." : "");
}

TEST(NumberMarks, OfACountry) {
  for (const char* country : {"GB", "US", "CN", "JP", "IN", "CH", "EG", "", "QQ"}) {
    EXPECT_EQ(thousands_of(country), ",") << country;
  }
  for (const char* country : {"DE", "NL", "IT", "ES", "BR", "TR"}) {
    EXPECT_EQ(thousands_of(country), ".") << country;
  }
  for (const char* country : {"PL", "FR", "CZ", "SE", "UA"}) {
    EXPECT_EQ(thousands_of(country), "") << country;
  }
}

TEST(NumberMarks, ByName) {
  EXPECT_EQ(number_marks_from_name("comma"), (NumberMarks{false, true}));
  EXPECT_EQ(number_marks_from_name("point"), (NumberMarks{true, false}));
  EXPECT_EQ(number_marks_from_name("dot"), std::nullopt);
}

}  // namespace
}  // namespace cdh
