#include "hub/match/edit_distance.hpp"

#include <string>

#include <gtest/gtest.h>

namespace cdh {
namespace {

TEST(EditDistance, CountsTypingErrorsUpToTheLimit) {
  const auto check = [](std::string_view a, std::string_view b, int limit, int expected) {
    EXPECT_EQ(edit_distance(a, b, limit), expected) << a << " and " << b;
    EXPECT_EQ(edit_distance(b, a, limit), expected) << b << " and " << a;
  };
  check("kowalski", "kowalski", 2, 0);
  check("kowalski", "kowlaski", 2, 1);
  check("kowalski", "kowalsk", 2, 1);
  check("kowalski", "kovalsky", 2, 2);
  check("kowalski", "nowak", 2, 3);
  check("", "ab", 2, 2);
  check("", "abc", 2, 3);
  check("abc", "abd", 0, 1);
  check(std::string(100, 'a'), std::string(100, 'a') + "b", 2, 0);
}

}  // namespace
}  // namespace cdh
