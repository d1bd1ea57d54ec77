// The generator's own random numbers: the same seed gives the same numbers with every compiler and
// library, which the distributions of <random> do not promise. Integers only, no libm.
//
// xoshiro256** seeded by splitmix64, both by Blackman and Vigna (https://prng.di.unimi.it).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace cdh::generator {

// Mixes two numbers into a seed, so that each record, person or department has a stream of its own.
std::uint64_t mix(std::uint64_t seed, std::uint64_t salt);

class Random {
 public:
  explicit Random(std::uint64_t seed);

  std::uint64_t next();
  // 0 to count - 1; count below 2^32.
  std::size_t below(std::size_t count);
  int between(int low, int high);  // both included
  // True in `percent` of 100 cases; fractions count to 1/1000 percent.
  bool percent(double percent);
  // As below, but low numbers come more often, as common names do: the first tenth of the range has
  // a fifth of the draws (half of them are even, half the square of an even draw).
  std::size_t skewed_below(std::size_t count);
  // `count` decimal digits.
  std::string digits(int count);

  template <typename T, std::size_t Extent>
  const T& pick(std::span<const T, Extent> values) {
    return values[below(values.size())];
  }
  template <typename T, std::size_t Count>
  const T& pick(const std::array<T, Count>& values) {
    return values[below(Count)];
  }

 private:
  std::uint64_t state_[4];
};

}  // namespace cdh::generator
