#include "hub/ingest/bounded_queue.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

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

// Nobody can see whether a thread waits. Of so many that are about to push into a full queue when it is
// closed, some do: a close that wakes nobody would leave them waiting, and the test would not end.
TEST(BoundedQueueTest, ACloseFreesWhoWaitsForRoomAndDropsTheItem) {
  constexpr int kTurns = 300, kProducers = 4;
  for (int turn = 0; turn < kTurns; ++turn) {
    BoundedQueue<int> queue(1);
    ASSERT_TRUE(queue.push(1));
    std::atomic<int> begun{0}, dropped{0};
    std::vector<std::thread> producers;
    for (int i = 0; i < kProducers; ++i) {
      producers.emplace_back([&] {
        ++begun;
        if (!queue.push(2)) ++dropped;
      });
    }
    while (begun < kProducers) std::this_thread::yield();
    EXPECT_EQ(dropped, 0) << "there is no room, and it was not closed";
    queue.close();
    for (std::thread& producer : producers) producer.join();
    EXPECT_EQ(dropped, kProducers);
    EXPECT_EQ(queue.pop(), 1) << "what is in it is still taken";
    EXPECT_EQ(queue.pop(), std::nullopt);
  }
}

}  // namespace
}  // namespace cdh
