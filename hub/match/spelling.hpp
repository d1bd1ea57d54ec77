// Spellings of one name that are not slips: how people of other languages and scripts write it.
#pragma once

#include <string_view>

namespace cdh {

// Whether two folded words differ only by letters that are written for each other: one letter or two
// (hasan, hassan), i, j and y (sergei, sergey), c, k and q, x and ks, ph and f, v and w, s and z,
// ou and u, with or without h (tariq, tarik; fatma, fathma); and in words of six letters or more by
// one vowel for another (mohamed, mohamad), but not the first letter. Far narrower than sound_of(),
// which finds m in n. Symmetric, true of equal words.
bool are_spellings_of_one(std::string_view a, std::string_view b);

}  // namespace cdh
