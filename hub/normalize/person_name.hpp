// A person's name as the words that matching compares.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cdh {

enum class Sex : std::uint8_t { unknown, female, male };

// Folded words (see fold.hpp), in the order of the name. Titles and degrees are left out, and stand
// nowhere else. A word that is somebody's name as well is a title or generation only where it is
// written as one: "Pan Jan Nowak", "Jan Nowak, sen.", but not in "Pan Wei" and "Anil Sen".
struct FoldedName {
  std::vector<std::string> given;   // additional names after the first
  std::vector<std::string> family;  // "Nowak-Kowalska" is two
  std::vector<std::string> suffix;  // tells generations apart: jr, sr, ii, iii, iv
  // One field says the whole name and not which of its ends is the family name: "Anna Nowak" as well
  // as "Nagy Anna". It is read as the first of the two.
  bool may_be_reversed = false;
  // The given name in Chinese characters, simplified: many are read alike. Empty where it is in letters.
  std::string given_characters;
  Sex sex = Sex::unknown;  // as a title or a middle name tells it: Mrs, Pan, Thi
  friend bool operator==(const FoldedName&, const FoldedName&) = default;
};

// Any part may be empty. `native` (the whole name in one field, in its own script) counts only when
// given and family are both empty:
//
//     王小明, 欧阳 修                  family first, by the list of double surnames: wang|xiaoming
//     Kowalska, Anna Maria             before the comma is the family
//     Anna Maria Kowalska              the last word is the family, or may_be_reversed
//     Ludwig van Beethoven             with the small words before it
//
// A Chinese given name is one word ("xiaoming"), and its surname reads as surnames do (单 "shan").
FoldedName fold_person_name(std::string_view given, std::string_view additional,
                            std::string_view family, std::string_view native);

// Whether the folded word is one of the small words that belong to the family name after them: van,
// von, dos, bin. Where none follows it is a name itself.
bool is_name_particle(std::string_view word);

// Of the first of two folded words, where it is what half a people has before the given name: Thi of
// the women of Vietnam, Van of its men, but not the Van of "van den Berg", nor the first of the woman's
// name Van Anh. Otherwise unknown. Such a word is left out of FoldedName::given.
Sex sex_of_middle_name(std::string_view word, std::string_view next);

// Whether folded words may be a name of Vietnam: a syllable each. There Le, Do and La are family names.
bool is_vietnamese_name(std::span<const std::string_view> words);

}  // namespace cdh
