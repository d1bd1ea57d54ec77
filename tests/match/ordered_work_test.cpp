#include "hub/match/ordered_work.hpp"

#include <stdexcept>
#include <vector>

#include <gmock/gmock.h>

namespace cdh {
namespace {

using testing::ElementsAre;

TEST(OrderedWork, GivesResultsBackInTheOrderOfTheWork) {
  std::vector<int> taken;
  OrderedWork<int> work([&](int result) { taken.push_back(result); });
  // The first ends last: it waits for the second.
  std::promise<void> second_ended;
  work.begin([&] {
    second_ended.get_future().wait();
    return 1;
  });
  work.begin([&] {
    second_ended.set_value();
    return 2;
  });
  for (int i = 3; i <= 100; ++i) work.begin([i] { return i; });
  work.finish();
  ASSERT_EQ(taken.size(), 100);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(taken[i], i + 1);
}

TEST(OrderedWork, ThrowsWhatAPieceThrowsInItsTurn) {
  std::vector<int> taken;
  OrderedWork<int> work([&](int result) { taken.push_back(result); });
  work.begin([] { return 1; });
  work.begin([]() -> int { throw std::runtime_error("damaged"); });
  EXPECT_THROW(work.finish(), std::runtime_error);
  EXPECT_THAT(taken, ElementsAre(1));
}

TEST(OrderedWork, OfNothingIsNothing) {
  OrderedWork<int> work([](int) { FAIL(); });
  work.finish();
}

}  // namespace
}  // namespace cdh
