// Common words of companies' names, however they are shortened.
#pragma once

#include <string_view>

namespace cdh {

// The word that a folded one (see fold.hpp) is short for; the word itself where it is none. A view of
// a constant, or of `word`.
//
//     "intl"   "international"        "bros"   "brothers"
//     "ctr"    "center"               "gebr"   "gebruder"
//
// Short forms that are as often another word ("comm", "dev", "dist") are not among them: words that
// begin alike are taken for alike where names are compared (match/overlap.hpp).
std::string_view full_org_word(std::string_view word);

}  // namespace cdh
