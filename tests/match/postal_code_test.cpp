#include "hub/match/postal_code.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

TEST(PostalCode, IsComparedWithoutBlanksAndPunctuation) {
  EXPECT_EQ(fold_postal_code("00-238"), "00238");
  EXPECT_EQ(fold_postal_code(" sw1a 1AA"), "sw1a1aa");
  EXPECT_EQ(fold_postal_code("１００００１"), "100001");
  EXPECT_EQ(fold_postal_code(""), "");
}

TEST(PostalCode, NineDigitsNameTheTownByFive) {
  EXPECT_EQ(fold_postal_code("10001-1234"), "10001");
  EXPECT_EQ(fold_postal_code("10001123A"), "10001123a");
}

}  // namespace
}  // namespace cdh
