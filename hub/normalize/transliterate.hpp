// Other scripts in Latin letters, by ICU's transliterators. They manage 20,000 to 100,000 words a
// second, so answers are remembered, in a bounded memory a thread. Pure: the same text always gives
// the same answer. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace cdh {

// One word of any script in ASCII letters as far as ICU knows any: "Иван" -> "Ivan". Not lower
// case; punctuation may appear, and what has no Latin form stays as it is.
std::string latin_word(std::string_view word);

// How a Chinese character reads in pinyin without tones, lower case: "明" -> "ming". Empty when it
// has no reading. Stays valid as long as the thread.
std::string_view han_reading(char32_t character);

// A Chinese character in simplified writing: "偉" -> "伟". Others stay as they are. Valid as long as the
// thread.
std::string_view simplified_han(char32_t character);

// How a Chinese family name of one or two characters reads, which may differ from its characters:
// "单" -> "shan", "欧阳" -> "ouyang", "曾" -> "zeng".
std::string surname_reading(std::string_view surname);

}  // namespace cdh
