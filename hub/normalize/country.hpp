// Countries by their names and codes.
#pragma once

#include <string_view>

namespace cdh {

// ISO 3166-1 alpha-2 of "PL", "POL", "Poland", "Polska", "波兰", "UK", "U.S.A.", "Anglia", in any
// case; empty when not known. Names are ICU's in English, Polish, German, French, Spanish and
// Chinese, and what people write besides. The first call builds the table, and loads ICU's rules
// for Chinese with it (0.2 s). Any thread.
std::string_view country_code(std::string_view text);

}  // namespace cdh
