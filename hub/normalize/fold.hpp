// Text in the forms that are stored and compared. Input is UTF-8. Any thread; bounded memories a
// thread make repeated words of other scripts cheap.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cdh {

// Unicode normalization form C (UAX #15), the form in which text is stored.
std::string nfc(std::string_view text);

// NFC in small letters, of any script, by no language's own rules.
//
//     lower_case("ŻYCZENIA")  "życzenia"
std::string lower_case(std::string_view text);

// NFC with case folded (Unicode, "Case Folding", full): what differs by case only becomes the same.
//
//     fold_case("Straße")  "strasse"
std::string fold_case(std::string_view text);

// The form in which words are compared: lower-case ASCII letters and digits in words parted by
// single blanks. Diacritics are dropped (ł ø ß æ đ ı too), every script is written in Latin
// letters, Chinese a syllable a word, apostrophes vanish and all other punctuation parts words.
//
//     fold("  Łukasz  ŻÓŁĆ-Nowak ")  "lukasz zolc nowak"
//     fold("O’Brien")                "obrien"
//     fold("王小明")                 "wang xiao ming"
//     fold("Иван")                   "ivan"
//
// The letters are those of ICU's "NFKC; Any-Latin; Latin-ASCII" (CLDR); plain ASCII and the Latin
// script do not call ICU. Characters without a Latin form vanish like punctuation.
std::string fold(std::string_view text);

// The words of fold(text).
std::vector<std::string> fold_words(std::string_view text);

// Half- and full-width forms, ligatures and the like as their plain characters (NFKC): "ＡＢ１" ->
// "AB1".
std::string plain_width(std::string_view text);

// Whether Chinese characters are in it.
bool has_han(std::string_view text);

}  // namespace cdh
