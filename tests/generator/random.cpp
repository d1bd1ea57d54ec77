#include "tests/generator/random.hpp"

#include <bit>

namespace cdh::generator {

namespace {

std::uint64_t splitmix(std::uint64_t& state) {
  std::uint64_t z = state += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

}  // namespace

std::uint64_t mix(std::uint64_t seed, std::uint64_t salt) {
  std::uint64_t state = seed ^ std::rotl(salt * 0xD6E8FEB86659FD93, 32);
  return splitmix(state);
}

Random::Random(std::uint64_t seed) {
  for (std::uint64_t& word : state_) word = splitmix(seed);
}

std::uint64_t Random::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

std::size_t Random::below(std::size_t count) { return ((next() >> 32) * count) >> 32; }

int Random::between(int low, int high) {
  const int count = high - low + 1;
  return low + static_cast<int>(below(static_cast<std::size_t>(count)));
}

bool Random::percent(double percent) {
  return below(100'000) < static_cast<std::size_t>(percent * 1000);
}

std::size_t Random::skewed_below(std::size_t count) {
  const std::uint64_t bits = next();
  const std::uint64_t even = bits >> 32;
  const bool is_square = (bits & 1) != 0;
  return ((is_square ? (even * even) >> 32 : even) * count) >> 32;
}

std::string Random::digits(int count) {
  std::string text(static_cast<std::size_t>(count), '0');
  for (char& digit : text) digit = static_cast<char>('0' + below(10));
  return text;
}

}  // namespace cdh::generator
