// What kind of UTF-8 a text is.
#pragma once

#include <string_view>
#include <vector>

#include <unicode/umachine.h>

namespace cdh::text {

bool is_ascii(std::string_view text);

bool is_utf8(std::string_view text);

// Ill-formed bytes are -1.
std::vector<UChar32> code_points(std::string_view text);

}  // namespace cdh::text
