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
  check("", std::string(70, 'b'), 70, 70);
}

TEST(EditDistance, OfLongTextsIsThatOfTheirWhole) {
  const std::string parish =
      "parafia rzymskokatolicka pod wezwaniem najswietszej maryi panny krolowej polski w ";
  ASSERT_GT(parish.size(), 64U);
  EXPECT_EQ(edit_distance(parish + "krakowie", parish + "lublinie", 3), 4);
  EXPECT_EQ(edit_distance(parish + "krakowie", parish + "krakowei", 3), 1);
  EXPECT_EQ(edit_distance(parish, parish + "krakowie", 3), 4);
  EXPECT_EQ(edit_distance("w " + parish, "do " + parish, 3), 2);
}

TEST(EditDistance, GivesUpOnTwoThatDifferOverManyLetters) {
  const std::string one(64, 'a'), other(64, 'b');
  EXPECT_EQ(edit_distance("x" + one + "y", "x" + other + "y", 64), 64);
  EXPECT_EQ(edit_distance(one + "a", other + "b", 80), 81);
}

}  // namespace
}  // namespace cdh
