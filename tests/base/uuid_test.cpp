#include "hub/base/uuid.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

TEST(Uuid, MintsInOrderAlsoWithinAMillisecondAndWhenTheClockStepsBack) {
  UuidMint mint;
  std::string last;
  for (int i = 0; i < 10'000; ++i) {
    const std::string id = mint.next(i < 6'000 ? 1'700'000'000'000'000 : 1'600'000'000'000'000);
    EXPECT_TRUE(is_uuid(id)) << id;
    EXPECT_EQ(id[14], '7');
    EXPECT_GT(id, last);
    last = id;
  }
}

TEST(Uuid, KnowsItsShape) {
  EXPECT_TRUE(is_uuid("0192f3a1-0000-7000-8000-0123456789ab"));
  EXPECT_FALSE(is_uuid("0192f3a1-0000-7000-8000-0123456789a"));
  EXPECT_FALSE(is_uuid("0192f3a1x0000-7000-8000-0123456789ab"));
}

}  // namespace
}  // namespace cdh
