// A line of a dump: texts that differ give lines that differ, and a terminal can show each.
#pragma once

#include <string>
#include <string_view>

namespace cdh {

// Line ends and tabs become "\n" and "\t", a backslash two; other control characters, marks that turn the
// direction of writing, and bytes that are not UTF-8 become "\x1B", byte by byte.
std::string dump_line(std::string_view text);

}  // namespace cdh
