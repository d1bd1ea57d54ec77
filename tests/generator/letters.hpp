// What happens to letters on their way through people's fingers and old programs. Knows ASCII, the
// Polish letters and ü; everything else, such as 汉字, passes unchanged.
#pragma once

#include <string>
#include <string_view>

#include "tests/generator/random.hpp"

namespace cdh::generator {

std::string upper(std::string_view text);
std::string lower(std::string_view text);

// "Łódź" as "Lodz".
std::string without_diacritics(std::string_view text);

// Lower-case ASCII letters and digits only, for mailboxes and domains: "Złoty Róg" as "zlotyrog".
std::string slug(std::string_view text);

// One slip of the finger among the ASCII letters after the first: two swapped, one doubled, left
// out or hit beside (QWERTY). Text with fewer than four such letters stays as it is.
std::string typing_error(std::string_view text, Random& random);

// Bytes of Windows-1250; what it lacks becomes a question mark, as old programs do.
std::string windows_1250(std::string_view text);

}  // namespace cdh::generator
