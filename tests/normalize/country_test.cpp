#include "hub/normalize/country.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

void check(std::string_view text, std::string_view expected) {
  EXPECT_EQ(country_code(text), expected) << text;
}

TEST(Country, CodesAndNames) {
  for (const char* text : {"PL", "pl", "POL", "Poland", "POLSKA", "Polen", "波兰", " Polska "})
    check(text, "PL");
  for (const char* text : {"UK", "GB", "U.K.", "Great Britain", "Anglia", "Wielka Brytania", "英国",
                           "United Kingdom", "England"}) {
    check(text, "GB");
  }
  for (const char* text : {"USA", "U.S.A.", "us", "United States", "Stany Zjednoczone", "美国"})
    check(text, "US");
  for (const char* text : {"CN", "China", "Chiny", "中国", "PRC"}) check(text, "CN");
  check("Czech Republic", "CZ");
  check("Czechy", "CZ");
  check("Deutschland", "DE");
  check("Niemcy", "DE");
  check("EL", "GR");
  check("Côte d’Ivoire", "CI");
}

TEST(Country, WhatIsNone) {
  for (const char* text : {"", "ZZ", "Warszawa", "n/a", "X"}) check(text, "");
}

}  // namespace
}  // namespace cdh
