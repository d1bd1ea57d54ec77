// How many typing errors lie between two short ASCII words.
#pragma once

#include <string_view>

namespace cdh {

// Insertions, deletions, substitutions and swaps of two neighbours (optimal string alignment, the
// restricted Damerau-Levenshtein distance). `limit` + 1 when there are more than `limit`, or when
// between the beginning and the end that the two have in common one has more than 64 letters.
//
//     edit_distance("kowalski", "kowlaski", 2) == 1
int edit_distance(std::string_view a, std::string_view b, int limit);

}  // namespace cdh
