// English and Polish names of months: Jan, January, sty, styczeń, stycznia.
#pragma once

#include <optional>
#include <string_view>

namespace cdh::date {

// Takes a run of letters, with a full stop behind it, that names a month, whatever its case. On
// failure the text is as it was.
std::optional<int> take_month_name(std::string_view& text);

// Takes a run of letters of any script; false when there is none.
bool take_letters(std::string_view& text);

}  // namespace cdh::date
