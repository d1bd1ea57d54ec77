// Common names of people in the three countries, to be combined at random. Common ones first:
// Random::skewed_below picks the front of a pool more often. No entry stands for a real person.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cdh::generator {

enum class Country : std::uint8_t { poland, britain, china };

// ISO 3166-1 alpha-2.
std::string_view code_of(Country country);

struct GivenName {
  std::string_view formal;
  std::string_view nickname;  // empty when there is no usual one
};

// Polish surnames change with the sex; British ones have two equal forms.
struct Surname {
  std::string_view male;
  std::string_view female;
};

// A Chinese name part in both scripts.
struct ChineseWord {
  std::string_view native;
  std::string_view pinyin;
};

// `country` is Poland or Britain.
std::span<const GivenName> given_names(Country country, bool female);
std::span<const Surname> surnames(Country country);

std::span<const ChineseWord> chinese_surnames();
std::span<const ChineseWord> chinese_given_words(bool female);
// Names that Chinese customers use abroad.
std::span<const std::string_view> western_names(bool female);

}  // namespace cdh::generator
