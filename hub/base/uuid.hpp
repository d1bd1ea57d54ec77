// UUID version 7 (RFC 9562): time-ordered, so that new ids append to an index.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace cdh {

// Mints ids that sort in the order they were minted, also within one millisecond. Not thread-safe.
class UuidMint {
 public:
  UuidMint();
  // "0192f3a1-....-7...-....-............", lower case.
  std::string next(std::int64_t now_micros);

 private:
  std::mt19937_64 random_;
  std::int64_t last_millis_ = 0;
  std::uint32_t counter_ = 0;  // 12 bits of rand_a, counting within one millisecond
};

// Whether the text has the shape of a UUID, of any version.
bool is_uuid(std::string_view text);

}  // namespace cdh
