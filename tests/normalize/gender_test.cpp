#include "hub/normalize/gender.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

void check(std::string_view text, std::string_view expected) {
  EXPECT_EQ(parse_gender(text), expected) << text;
}

TEST(Gender, Words) {
  for (const char* text :
       {"F", "female", "K", "Kobieta", "W", "weiblich", "女", "女士", "Mrs.", "Pani", "2"}) {
    check(text, "female");
  }
  for (const char* text :
       {"M", "male", "mężczyzna", "Mężczyzna", "männlich", "男", "先生", "Mr", "Pan", "1"}) {
    check(text, "male");
  }
  for (const char* text : {"X", "divers", "other", "non-binary"}) check(text, "other");
  for (const char* text : {"", "0", "9", "unknown", "?", "Anna"}) check(text, "");
}

}  // namespace
}  // namespace cdh
