// The parts of a person's whole name, as far as the writing tells them.
#pragma once

#include <string>
#include <string_view>

namespace cdh::split {

enum class NameOrder { automatic, given_first, family_first };

// Parts as written; a part that is not there is empty.
struct PersonName {
  std::string given_name, additional_name, family_name, honorific_prefix, honorific_suffix;
};

// "mgr inż. Jan Kowalski", "van Beethoven, Ludwig", "Dr. Maria de la Cruz, PhD", "欧阳娜娜".
//
// - A comma tells the order, whatever `order` says: family, given. Degrees after a comma are
// suffixes.
// - Chinese and Korean characters are family first, with or without a blank.
// - Otherwise given_first takes the last word, with the particles before it, as family name;
//   family_first takes the first. Names of Chinese or Hungarian custom in Latin letters need
//   family_first: nothing in them tells. Two Spanish family names without a particle come apart.
// - automatic is given_first, but a family name is taken for what it is where it is written in
//   capitals among small letters ("KOWALSKI Jan", "Wei LI") or has a Polish family name's ending
//   and no other word has ("Kowalska Anna Maria").
// - A single word is a given name, after a title a family name.
//
// Text over 200 bytes or 12 words is no name: all parts stay empty.
PersonName split_name(std::string_view text, NameOrder order);

}  // namespace cdh::split
