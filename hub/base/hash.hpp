// Fingerprints. XXH3 (https://xxhash.com): fast and well mixed, not cryptographic.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace cdh {

// 128 bits: equal content is told from different content safely even among billions of records.
struct Fingerprint {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
  friend auto operator<=>(const Fingerprint&, const Fingerprint&) = default;
};

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);
Fingerprint fingerprint(std::string_view bytes);

}  // namespace cdh

template <>
struct std::hash<cdh::Fingerprint> {
  std::size_t operator()(const cdh::Fingerprint& value) const noexcept { return value.low; }
};
