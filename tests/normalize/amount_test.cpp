#include "hub/normalize/amount.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

// "decimal", "decimal CUR" or "none".
void check(std::string_view text, std::string_view expected, NumberMarks marks = {}) {
  const auto amount = parse_amount(text, marks);
  std::string shown = "none";
  if (amount) shown = amount->decimal + (amount->currency.empty() ? "" : " " + amount->currency);
  EXPECT_EQ(shown, expected) << text;
}

TEST(Amount, MarksOfThousandsAndDecimals) {
  check("1234.5", "1234.5");
  check("1 234,56", "1234.56");
  check("1\u00A0234,56", "1234.56");
  check("1\u202F234\u202F567,8", "1234567.8");
  check("1,234.56", "1234.56");
  check("1.234,56", "1234.56");
  check("1'234.50", "1234.5");
  check("1,234,567", "1234567");
  check("1.234.567", "1234567");
  check("12,5", "12.5");
  check(".5", "0.5");
  check("12.", "12");
  check("007", "7");
}

TEST(Amount, OneMarkBeforeThreeDigits) {
  check("1,234", "1234");
  check("0,123", "0.123");
  check("1234,567", "1234.567");
  check("1.234", "1.234");
}

TEST(Amount, TheMarksDecideWhatIsAmbiguous) {
  const NumberMarks comma = {false, true};  // as in Germany
  const NumberMarks both = {false, false};  // as in Poland
  check("2,500", "2.5", comma);
  check("2,500", "2.5", both);
  check("2,500 kg", "none", both);
  check("-1,000 zł", "-1 PLN", both);
  check("2.500", "2500", comma);
  check("2.500", "2.5", both);
  check("12.500 €", "12500 EUR", comma);
  for (const NumberMarks marks : {NumberMarks{}, comma, both}) {
    check("1.234,56", "1234.56", marks);
    check("1,234.56", "1234.56", marks);
    check("1,234,567", "1234567", marks);
    check("1.234.567", "1234567", marks);
    check("0.123", "0.123", marks);
    check("0,123", "0.123", marks);
    check("12.5", "12.5", marks);
    check("12,5", "12.5", marks);
    check("1234.567", "1234.567", marks);
    check("1 234,567", "1234.567", marks);
  }
}

TEST(Amount, Signs) {
  check("-12.50", "-12.5");
  check("(12.00)", "-12");
  check("12,50-", "-12.5");
  check("\u22125", "-5");
  check("+5", "5");
  check("-0.00", "0");
}

TEST(Amount, Currencies) {
  check("£1,200", "1200 GBP");
  check("1234.5 zł", "1234.5 PLN");
  check("1 234,50zł", "1234.5 PLN");
  check("PLN 7", "7 PLN");
  check("7 eur", "7 EUR");
  check("€-5", "-5 EUR");
  check("-$5.00", "-5 USD");
  check("($5.00)", "-5 USD");
  check("100元", "100 CNY");
  check("￥100", "100 CNY");
  check("50 %", "50");
  check("12,-", "12");
  check("12,- zł", "12 PLN");
}

TEST(Amount, FourDigitsAfterThePoint) {
  check("0.30000000000000004", "0.3");
  check("1.00005", "1.0001");
  check("9.99999", "10");
  check("-0.00004", "0");
}

TEST(Amount, WhatIsNone) {
  for (const char* text :
       {"", "-", "abc", "1 2", "1,23,4", "12 34,5", "1.2.3", "5 foo", "1e5", "12345678901234567"}) {
    check(text, "none");
  }
  check("12345678901234.9999", "12345678901234.9999");
  check(std::string(1000, '1'), "none");
}

TEST(Amount, PercentagesAndMarks) {
  EXPECT_TRUE(parse_amount("5 %")->is_percentage);
  EXPECT_FALSE(parse_amount("5")->is_percentage);
  EXPECT_EQ(parse_amount("% 5 zł"), std::nullopt);
  EXPECT_EQ(parse_amount("5 zł")->currency_mark, "zł");
  EXPECT_EQ(parse_amount("$5", {}, "CA")->currency, "CAD");
}

TEST(Currency, WhatAMarkMayMean) {
  EXPECT_TRUE(may_mean("zł", "PLN"));
  EXPECT_TRUE(may_mean("usd", "USD"));
  EXPECT_TRUE(may_mean("$", "MXN"));
  EXPECT_TRUE(may_mean("￥", "JPY"));
  EXPECT_FALSE(may_mean("$", "PLN"));
  EXPECT_FALSE(may_mean("USD", "CAD"));
  EXPECT_FALSE(may_mean("€", "PLN"));
}

TEST(Currency, Codes) {
  EXPECT_EQ(currency_code("pln"), "PLN");
  EXPECT_EQ(currency_code("zł"), "PLN");
  EXPECT_EQ(currency_code("RMB"), "CNY");
  EXPECT_EQ(currency_code("$", "CA"), "CAD");
  EXPECT_EQ(currency_code("¥", "JP"), "JPY");
  EXPECT_EQ(currency_code("QQQ"), "");
  EXPECT_EQ(currency_code(""), "");
}

}  // namespace
}  // namespace cdh
