// Which encoding a text file is in, told from its bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cdh::csv {

// A byte order mark: what it says, and how many bytes it takes. `size` 0: there is none.
struct ByteOrderMark {
  const char* encoding = "";
  std::size_t size = 0;
};
ByteOrderMark find_byte_order_mark(std::string_view start);

// Whether every byte is ASCII and none is NUL: then all encodings but UTF-16 and UTF-32 agree.
bool is_plain_ascii(std::string_view bytes);

// An ICU name, or empty while the bytes leave it open (plain ASCII). In this order:
// - zeros in every other place: UTF-16;
// - more well-formed UTF-8 sequences than stray bytes: UTF-8, so that a damaged row stays a
//   damaged row;
// - pairs of bytes that are nearly all common Chinese characters: GB18030;
// - of windows-1252, windows-1250 and ISO-8859-2, the one that reads as the most likely letters.
std::string guess_encoding(std::string_view sample);

}  // namespace cdh::csv
