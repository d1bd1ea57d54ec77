// The short way for the most common phone numbers: ranges of which every number is known to be
// valid. Where it is silent, libphonenumber must be asked; where it speaks, it says the same (a
// test proves it on numbers drawn from every range).
#pragma once

#include <string>
#include <string_view>

namespace cdh {

// E.164 of `text` written internationally (+48 601 234 567), or nationally in the forms usual in
// `country`, digits parted by blanks, hyphens, dots and parentheses. Empty: not known here.
std::string e164_by_plan(std::string_view text, std::string_view country);

}  // namespace cdh
