// Work beside the caller's, whose results come back in the order in which it was given.
#pragma once

#include <algorithm>
#include <deque>
#include <future>
#include <thread>
#include <utility>

namespace cdh {

// For one thread that reads what others decode:
//
//     OrderedWork work(take);
//     while (read(part)) work.begin([part = std::move(part)] { return decode(part); });
//     work.finish();
//
// As many pieces are under way as there are processors, each on a thread of its own. `take` is called
// with each result on the caller's thread, from begin() and finish(). What a piece throws, these throw.
template <typename Result, typename Take>
class OrderedWork {
 public:
  explicit OrderedWork(Take take) : take_(std::move(take)) {}

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

  Take take_;
  const std::size_t most_ = std::max(2U, std::thread::hardware_concurrency());
  std::deque<std::future<Result>> under_way_;
};

template <typename Result, typename Take>
OrderedWork<Result, Take> ordered_work(Take take) {
  return OrderedWork<Result, Take>(std::move(take));
}

}  // namespace cdh
