// Two numbers as one key, whichever comes first.
#pragma once

#include <algorithm>
#include <cstdint>

namespace cdh {

// The smaller one is in the upper half.
inline std::uint64_t pair_key(std::uint32_t a, std::uint32_t b) {
  return std::uint64_t{std::min(a, b)} << 32 | std::max(a, b);
}

}  // namespace cdh
