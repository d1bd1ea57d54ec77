// The words for a person's gender.
#pragma once

#include <string_view>

namespace cdh {

// "female", "male" or "other", as the model keeps it; empty when the text says nothing of the kind.
// Letters are read in every language at once, for none contradicts another: F, K (kobieta), W
// (weiblich) are female, M is male everywhere, X and D (divers) other; 1 and 2 are ISO 5218.
// Courtesy titles (Mrs, Pani, 女士) count too.
std::string_view parse_gender(std::string_view text);

}  // namespace cdh
