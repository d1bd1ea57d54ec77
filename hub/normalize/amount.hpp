// Amounts of money and other decimal numbers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hub/normalize/number_marks.hpp"

namespace cdh {

struct Amount {
  std::string decimal;  // "-1234.5": no leading or trailing zeros, at most 4 digits after the point
  std::string currency;        // ISO 4217 when the text names one, else empty
  std::string currency_mark;   // as the text names it: "zł", "$"
  bool is_percentage = false;  // "5 %"
  friend bool operator==(const Amount&, const Amount&) = default;
};

// Reads "1 234,56", "1,234.56", "1'234.50", "£1,200", "1234.5 zł", "(12.00)", "12-", "PLN 7", "5
// %". Of a point and a comma the later one is the decimal mark; of one alone, repeated, it parts
// thousands; a single one is decimal, but before exactly three digits `marks` say what it is
// ("1,234"; "0,123" and "1234,567" can only be fractions). `country` says whose "$" is meant, see
// currency_code. Finer digits than the fourth are rounded, halves away from zero. Parentheses and
// a minus before or behind are negative. Nothing: no number, or more than 14 digits before the
// point.
std::optional<Amount> parse_amount(std::string_view text, NumberMarks marks = {},
                                   std::string_view country = {});

// ISO 4217 of "PLN", "pln", "zł", "€", "£", "$", "元"; empty when not known. "$" is USD and "¥" CNY
// after a Chinese habit, unless `country` is another land of dollars (CA, AU, NZ, SG, HK) or JP.
std::string currency_code(std::string_view text, std::string_view country = {});

// Whether who writes `mark` at an amount can mean this currency: "€" EUR only, "$" every currency
// with that sign, of CAD, MXN and others too, by the CLDR of ICU.
bool may_mean(std::string_view mark, std::string_view code);

}  // namespace cdh
