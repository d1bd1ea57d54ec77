#include "hub/match/work_sharing.hpp"

#include <numeric>
#include <stdexcept>

#include <gmock/gmock.h>

namespace cdh {
namespace {

using ::testing::ElementsAre;

constexpr auto kNoState = [] { return 0; };

TEST(WorkSharing, GathersInTheOrderOfTheWork) {
  const std::vector<std::size_t> found =
      gather<std::size_t>(10'000, kNoState, [](int&, std::size_t i, std::vector<std::size_t>& to) {
        if (i % 3 == 0) return;
        to.push_back(i);
        if (i % 5 == 0) to.push_back(i);
      });
  EXPECT_TRUE(std::ranges::is_sorted(found));
  std::size_t expected = 0;
  for (std::size_t i = 0; i < 10'000; ++i) expected += i % 3 == 0 ? 0 : i % 5 == 0 ? 2 : 1;
  EXPECT_EQ(found.size(), expected);
}

TEST(WorkSharing, OfFewOrNone) {
  const auto itself = [](int&, std::size_t i, std::vector<std::size_t>& to) { to.push_back(i); };
  EXPECT_TRUE(gather<std::size_t>(0, kNoState, itself).empty());
  EXPECT_THAT(gather<std::size_t>(3, kNoState, itself), ElementsAre(0, 1, 2));
}

TEST(WorkSharing, EachThreadHasAStateOfItsOwn) {
  std::atomic<int> states = 0;
  std::atomic<int> wrong = 0;
  struct State {
    std::thread::id thread;
  };
  gather<int>(
      50'000,
      [&] {
        ++states;
        return State{std::this_thread::get_id()};
      },
      [&](State& state, std::size_t, std::vector<int>&) {
        if (state.thread != std::this_thread::get_id()) ++wrong;
      });
  EXPECT_EQ(wrong, 0);
  EXPECT_GE(states, 1);
  EXPECT_LE(states, static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
}

TEST(WorkSharing, ThrowsWhatTheWorkThrows) {
  for (const std::size_t bad : {std::size_t{0}, std::size_t{4'999}, std::size_t{9'999}}) {
    EXPECT_THROW(gather<int>(10'000, kNoState,
                             [&](int&, std::size_t i, std::vector<int>&) {
                               if (i == bad) throw std::runtime_error("broken");
                             }),
                 std::runtime_error);
  }
}

TEST(WorkSharing, ThrowsWhatAnotherThreadThrows) {
  if (std::thread::hardware_concurrency() < 2) GTEST_SKIP() << "there is no other thread";
  const std::thread::id caller = std::this_thread::get_id();
  std::atomic<bool> other_came = false;
  EXPECT_THROW(gather<int>(10'000, kNoState,
                           [&](int&, std::size_t, std::vector<int>&) {
                             if (std::this_thread::get_id() == caller) {
                               other_came.wait(false);
                               return;
                             }
                             other_came = true;
                             other_came.notify_all();
                             throw std::runtime_error("broken");
                           }),
               std::runtime_error);
}

}  // namespace
}  // namespace cdh
