// UTF-8 by code point. The text is taken as well-formed: ingest has refused anything else. Bytes
// that are not are read as U+FFFD, one each, and never read past the end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cdh {

bool is_ascii(std::string_view text);

// The code point at `position`, which moves behind it.
char32_t next_code_point(std::string_view text, std::size_t& position);

void append_utf8(char32_t point, std::string& out);

// A character of Chinese writing, ideographic zero included.
bool is_han(char32_t point);

}  // namespace cdh
