// How names of scripts that ICU does not transliterate are written in Latin letters.
#pragma once

#include <string>

namespace cdh {

// ICU transform rules (UTS #35, part 2, transforms): Khmer, Lao and Sinhala by our own, every other
// script by CLDR's "Any-Latin", and all of it in ASCII.
std::string latin_rules();

}  // namespace cdh
