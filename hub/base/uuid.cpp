#include "hub/base/uuid.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace cdh {

UuidMint::UuidMint() {
  std::random_device device;
  random_.seed((static_cast<std::uint64_t>(device()) << 32) | device());
}

std::string UuidMint::next(std::int64_t now_micros) {
  const std::int64_t millis = std::max(now_micros / 1000, last_millis_);
  if (millis == last_millis_) {
    // Twelve bits are used up: borrow the next millisecond.
    if (++counter_ == 0x1000) {
      ++last_millis_;
      counter_ = 0;
    }
  } else {
    last_millis_ = millis;
    counter_ = 0;
  }
  const auto time = static_cast<std::uint64_t>(last_millis_);
  const std::uint64_t random = random_();
  char text[37];
  std::snprintf(text, sizeof text, "%08x-%04x-7%03x-%04x-%012llx",
                static_cast<unsigned>(time >> 16), static_cast<unsigned>(time & 0xFFFF), counter_,
                static_cast<unsigned>(0x8000 | (random >> 50)),
                static_cast<unsigned long long>(random & 0xFFFFFFFFFFFFULL));
  return text;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

}  // namespace cdh
