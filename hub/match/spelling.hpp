// Spellings of one name that are not slips: how people of other languages and scripts write it.
#pragma once

#include <string_view>

namespace cdh {

// Whether two folded words differ only by letters that are written for each other: one letter or two
// (hasan, hassan), i, j and y (sergei, sergey), ye and e, c, k and q, x and ks, ph and f, v and w,
// s and z, ou, oo and u, ee and i, with or without h (tariq, tarik; fatma, fathma); and in words of
// six letters or more by vowels in the place of vowels (mohamed, muhammad), but for the first letter.
// Far narrower than sound_of(), which takes m for n. Symmetric, true of equal words.
bool are_spellings_of_one(std::string_view a, std::string_view b);

}  // namespace cdh
