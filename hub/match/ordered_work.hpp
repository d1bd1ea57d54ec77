// Work beside the caller's, whose results come back in the order in which it was given.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <thread>
#include <utility>

namespace cdh {

// For one thread that reads what others decode:
//
//     OrderedWork<Decoded> work(take);
//     while (read(part)) work.begin([part = std::move(part)] { return decode(part); });
//     work.finish();
//
// As many pieces are under way as there are processors, each on a thread of its own. `take` is called
// with each result on the caller's thread, from begin() and finish(). What a piece throws, these throw.
template <typename Result>
class OrderedWork {
 public:
  explicit OrderedWork(std::function<void(Result)> take) : take_(std::move(take)) {}

  template <typename Piece>
  void begin(Piece&& piece) {
    if (under_way_.size() == most_) take_oldest();
    under_way_.push_back(std::async(std::launch::async, std::forward<Piece>(piece)));
  }

  // Waits for what is under way.
  void finish() {
    while (!under_way_.empty()) take_oldest();
  }

 private:
  void take_oldest() {
    std::future<Result> oldest = std::move(under_way_.front());
    under_way_.pop_front();
    take_(oldest.get());
  }

  const std::function<void(Result)> take_;
  const std::size_t most_ = std::max(2U, std::thread::hardware_concurrency());
  std::deque<std::future<Result>> under_way_;
};

}  // namespace cdh
