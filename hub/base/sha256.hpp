// A fingerprint that nobody can find another text for: SHA-256 (FIPS 180-4).
#pragma once

#include <string>
#include <string_view>

namespace cdh {

// 64 hexadecimal digits, in small letters.
std::string sha256(std::string_view bytes);

}  // namespace cdh
