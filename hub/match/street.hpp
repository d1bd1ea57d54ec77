// Street names as they are compared.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cdh {

// fold() of the text with the words for street, avenue, floor ... in one short form and "ul." left
// out: "12 Main Street" and "12 Main St.", "ul. Długa 5/7" and "Długa 5/7".
std::string fold_street(std::string_view text);

// A street by its parts. The name is without the street's kind, its direction and the word for a
// flat, unless that is all there is; "31st Street" is named "o31", so that it is no house number.
struct Street {
  std::vector<std::string> written;  // all words, as fold_street() gives them
  std::vector<std::string> name;
  std::vector<std::string> numbers;  // of house and flat, as written: "12a"
};
Street parse_street(std::string_view text);

// Whether the folded word is a street's kind, direction or the like: "st", "n", "apt".
bool is_street_word(std::string_view word);

}  // namespace cdh
