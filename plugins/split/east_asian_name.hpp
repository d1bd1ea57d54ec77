// Names in Chinese or Korean characters: the family name comes first, usually without a blank.
#pragma once

#include <string>

namespace cdh::split {

struct PersonName;

// Fills `name` and says true when the tidy text is such a name, with or without a title behind it
// (欧阳娜娜女士). One character is the family name, or two when they are a known compound surname
// or the name has four characters. A dot separates the parts of a foreign name, given first
// (约翰·史密斯). More than four characters without any separator stay together as family name.
bool split_east_asian_name(const std::string& text, PersonName& name);

}  // namespace cdh::split
