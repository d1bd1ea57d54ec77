// Given names in English usage and their short and pet forms.
#pragma once

#include <string_view>

namespace cdh {

// A line is a folded name followed by its forms. The facts are those of the list "nicknames" by
// Carlton Northern (https://github.com/carltonnorthern/nicknames, Apache-2.0).
std::string_view english_nicknames();

}  // namespace cdh
