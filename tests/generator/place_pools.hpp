// Places, streets and the words that company names are made of, to be combined at random.
#pragma once

#include <span>
#include <string_view>

#include "tests/generator/name_pools.hpp"

namespace cdh::generator {

struct Place {
  std::string_view city;
  std::string_view native_city;  // China only
  std::string_view postal_area;  // "00" of 00-238, "SW" of SW1A 2AA, "100" of 100020
  std::string_view area_code;    // without the leading 0
};

struct LegalForm {
  std::string_view full;
  std::string_view brief;
};

std::span<const Place> places(Country country);
std::span<const std::string_view> streets(Country country);  // China: in pinyin
std::span<const ChineseWord> chinese_streets();

std::span<const std::string_view> company_words(Country country);
std::span<const std::string_view> company_trades(Country country);
std::span<const ChineseWord> chinese_company_words();
std::span<const ChineseWord> chinese_company_trades();
std::span<const LegalForm> legal_forms(Country country);

std::span<const std::string_view> job_titles(Country country);
// Of mailboxes, all under .example (RFC 2606).
std::span<const std::string_view> mail_domains(Country country);

}  // namespace cdh::generator
