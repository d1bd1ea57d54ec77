// Names like no other, for tests in which nobody is to be taken for somebody else.
#pragma once

#include <cstdint>
#include <string>

namespace cdh {

// Twelve letters: the number through splitmix64, https://prng.di.unimi.it/splitmix64.c
inline std::string made_up_name(int number) {
  std::uint64_t z = static_cast<std::uint64_t>(number + 1) * 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  z ^= z >> 31;
  std::string name;
  for (int i = 0; i < 12; ++i, z /= 26) name += static_cast<char>('a' + z % 26);
  return name;
}

}  // namespace cdh
