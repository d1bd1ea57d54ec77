// Small text functions that know nothing of languages; those that do live in hub/normalize.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cdh {

// Without blanks at either end: ASCII white space, no-break space and zero-width marks.
std::string_view trim(std::string_view text);

// The parts between separators; "a,,b" has three.
std::vector<std::string_view> split(std::string_view text, char separator);

std::string join(const std::vector<std::string>& parts, std::string_view separator);

// "1 record", "2 records"
std::string counted(std::int64_t count, std::string_view one, std::string_view several);

// For a terminal: control characters, and marks that turn the direction of writing, become "?", and
// bytes that are not UTF-8 become "\xB3". Line ends and tabs stay.
std::string printable(std::string_view text);

// The same on one line: line ends and tabs become blanks. For a value of somebody else's amid a text.
std::string printable_line(std::string_view text);

std::string ascii_lower(std::string_view text);

// Whether the bytes are well-formed UTF-8 without NUL.
bool is_valid_utf8(std::string_view bytes);

// The bytes with U+FFFD for each NUL and for each byte that belongs to no well-formed code point.
std::string to_valid_utf8(std::string_view bytes);

// The text's first bytes, at most `size`, and no part of a code point at the end.
std::string_view cut_utf8(std::string_view text, std::size_t size);

// With one of the common Chinese characters, U+4E00 to U+9FFF.
bool begins_with_han(std::string_view text);

// The candidate most like `name` by edit distance, or nothing when none is near: for "did you
// mean".
std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates);

// "; did you mean \"key\"?" or, when nothing is near, the first 30 there are and how many more.
std::string suggestion(std::string_view name, const std::vector<std::string_view>& candidates);

}  // namespace cdh
