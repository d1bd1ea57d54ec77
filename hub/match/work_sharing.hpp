// One loop on all processors, with a result that does not depend on how it was shared out.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <thread>
#include <vector>

namespace cdh {

// Calls work(i) for each i below `count`, on all processors and in no order. Each thread has a `work`
// of its own, from make_work(). What it throws is thrown here.
template <typename MakeWork>
void share_out(std::size_t count, MakeWork&& make_work) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    auto work = make_work();
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  const std::size_t helpers =
      std::min<std::size_t>(count, std::max(1U, std::thread::hardware_concurrency())) - (count > 0);
  std::vector<std::future<void>> threads;
  for (std::size_t i = 0; i < helpers; ++i) threads.push_back(std::async(std::launch::async, run));
  run();
  for (std::future<void>& thread : threads) thread.get();
}

// Calls work(state, i, found) for each i below `count`, and returns what was found in the order of
// i. Each thread has a state of its own, from make_state(). What `work` throws is thrown here.
template <typename Found, typename MakeState, typename Work>
std::vector<Found> gather(std::size_t count, MakeState&& make_state, Work&& work) {
  constexpr std::size_t kChunk = 1024;
  std::vector<std::vector<Found>> parts((count + kChunk - 1) / kChunk);
  share_out(parts.size(), [&] {
    return [&, state = make_state()](std::size_t chunk) mutable {
      const std::size_t end = std::min(count, (chunk + 1) * kChunk);
      for (std::size_t i = chunk * kChunk; i < end; ++i) work(state, i, parts[chunk]);
    };
  });
  std::size_t size = 0;
  for (const auto& part : parts) size += part.size();
  std::vector<Found> all;
  all.reserve(size);
  for (auto& part : parts) {
    all.insert(all.end(), part.begin(), part.end());
    part = {};  // millions of keys: not twice at a time
  }
  return all;
}

}  // namespace cdh
