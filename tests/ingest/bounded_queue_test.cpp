#include "hub/ingest/bounded_queue.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

namespace cdh {
namespace {

// The consumer takes an item only when the queue is full, or all is pushed: a queue without a bound
// would be left behind in one of so many turns.
TEST(BoundedQueueTest, NeverHoldsMoreThanItMay) {
  constexpr int kItems = 2000, kCapacity = 3;
  BoundedQueue<int> queue(kCapacity);
  std::atomic<int> pushed{0}, popped{0}, most{0};
  std::thread producer([&] {
    for (int i = 0; i < kItems; ++i) {
      queue.push(i);
      ++pushed;
      most = std::max(most.load(), pushed - popped);
    }
    queue.close();
  });
  for (int expected = 0; expected < kItems; ++expected) {
    while (pushed - popped < kCapacity && pushed < kItems) std::this_thread::yield();
    EXPECT_EQ(queue.pop(), expected);
    ++popped;
  }
  EXPECT_EQ(queue.pop(), std::nullopt);
  producer.join();
  EXPECT_LE(most, kCapacity + 1) << "one may have left the queue and not be counted yet";
  EXPECT_GE(most, kCapacity);
}

TEST(BoundedQueueTest, ACloseFreesWhoWaitsForRoomAndDropsTheItem) {
  BoundedQueue<int> queue(1);
  ASSERT_TRUE(queue.push(1));
  std::thread producer([&] { EXPECT_FALSE(queue.push(2)); });
  queue.close();
  producer.join();
  EXPECT_EQ(queue.pop(), 1) << "what is in it is still taken";
  EXPECT_EQ(queue.pop(), std::nullopt);
}

}  // namespace
}  // namespace cdh
