// One loop on all processors, with a result that does not depend on how it was shared out.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <thread>
#include <vector>

namespace cdh {

// Calls work(state, i, found) for each i below `count`, and returns what was found in the order of
// i. Each thread has a state of its own, from make_state(). What `work` throws is thrown here.
template <typename Found, typename MakeState, typename Work>
std::vector<Found> gather(std::size_t count, MakeState&& make_state, Work&& work) {
  constexpr std::size_t kChunk = 1024;
  const std::size_t chunks = (count + kChunk - 1) / kChunk;
  std::vector<std::vector<Found>> parts(chunks);
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    auto state = make_state();
    for (std::size_t chunk = next++; chunk < chunks; chunk = next++) {
      const std::size_t end = std::min(count, (chunk + 1) * kChunk);
      for (std::size_t i = chunk * kChunk; i < end; ++i) work(state, i, parts[chunk]);
    }
  };
  const std::size_t helpers =
      std::min<std::size_t>(chunks, std::max(1U, std::thread::hardware_concurrency())) -
      (chunks > 0);
  std::vector<std::future<void>> threads;
  for (std::size_t i = 0; i < helpers; ++i) threads.push_back(std::async(std::launch::async, run));
  run();
  for (std::future<void>& thread : threads) thread.get();
  std::size_t size = 0;
  for (const auto& part : parts) size += part.size();
  std::vector<Found> all;
  all.reserve(size);
  for (auto& part : parts) {
    all.insert(all.end(), part.begin(), part.end());
    part = {};  // a million parties' keys are some 300 MB: not twice at a time
  }
  return all;
}

// Sorts on two threads.
template <typename Item, typename Less>
void sort_shared(std::vector<Item>& items, Less less) {
  const auto middle = items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2);
  auto upper = std::async(std::launch::async, [&] { std::sort(middle, items.end(), less); });
  std::sort(items.begin(), middle, less);
  upper.get();
  std::inplace_merge(items.begin(), middle, items.end(), less);
}

}  // namespace cdh
