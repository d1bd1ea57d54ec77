// What is known about given names in English, Polish and Chinese usage. All names are folded:
// lower-case ASCII, as fold() writes them.
#pragma once

#include <string_view>

namespace cdh {

// Whether one is a short or pet form of the other, or both are of the same name: bob, rob and
// robert; ania and anna. Symmetric; equal names are not asked about.
bool is_nickname_of(std::string_view a, std::string_view b);

// Whether the lists know the name, or another spelling of its ending: false means that only rules
// can make it a nickname of another.
bool has_listed_nickname(std::string_view name);

// Whether it is a name or short form that is known: two different known names are not one name
// with a typing error (jan and jon, marta and maria).
bool is_known_given_name(std::string_view name);

// Whether the names differ only by the ending that tells a woman's name from a man's: adrian and
// adriana, mario and maria. Never a typing error.
bool differs_by_gender_ending(std::string_view a, std::string_view b);

// Pet forms of Chinese given names, in pinyin: xiaoming for ming or jianming, mingming for ming.
// Weak evidence.
bool is_chinese_pet_form(std::string_view a, std::string_view b);

}  // namespace cdh
