// A company's name as matching compares it.
#pragma once

#include <string>
#include <string_view>

namespace cdh {

// The folded words (see fold.hpp) without the legal form, runs of single letters joined, short forms of
// common words written out (org_word.hpp), and the word for "and" of several languages unified. A
// name that is nothing but a legal form stays.
//
//     "P.P.H.U. Żuk i Syn Sp. z o.o."   "zuk and syn"
//     "J. P. Żuk & Co. KG"              "jp zuk"
//     "上海东风有限公司"                "shang hai dong feng"
//     "上海东风食品"                    "shang hai dong feng food", as its English name says
//
// Forms are dropped at the end, some also at the front, and where they can be nothing else inside.
// ISO 20275 lists such forms by country; org_name.cpp has the common ones.
std::string fold_org_name(std::string_view text);

}  // namespace cdh
