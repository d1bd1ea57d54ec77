// Street names as they are compared.
#pragma once

#include <string>
#include <string_view>

namespace cdh {

// fold() of the text with the words for street, avenue, floor ... in one short form and "ul." left
// out: "12 Main Street" and "12 Main St.", "ul. Długa 5/7" and "Długa 5/7".
std::string fold_street(std::string_view text);

}  // namespace cdh
