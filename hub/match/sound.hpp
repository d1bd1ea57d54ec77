// How a word sounds, roughly, in any language written in Latin letters.
#pragma once

#include <string>
#include <string_view>

namespace cdh {

// The consonants of a folded word, those that are often taken for each other in one letter, no
// letter twice in a row; a leading vowel is "a". Our own, in the manner of Soundex (Russell 1918),
// for names of all countries at once: sz, sh, sch and s sound alike, so do w, v and f.
//
//     sound_of("schmidt") == sound_of("szmit") == "snt"
std::string sound_of(std::string_view word);

}  // namespace cdh
