#include "hub/normalize/boolean.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

TEST(Boolean, Words) {
  for (const char* text : {"true", "YES", "1", "x", "Tak", " tak ", "是", "有", "on", "✓", "ja"}) {
    EXPECT_EQ(parse_boolean(text), true) << text;
  }
  for (const char* text : {"false", "No", "0", "NIE", "否", "无", "off", "nein"}) {
    EXPECT_EQ(parse_boolean(text), false) << text;
  }
  for (const char* text : {"", "2", "maybe", "yes and no", "truetruetruetruetruetrue"}) {
    EXPECT_EQ(parse_boolean(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace cdh
