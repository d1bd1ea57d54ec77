// Amounts of money and other decimal numbers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cdh {

struct Amount {
  std::string decimal;  // "-1234.5": no leading or trailing zeros, at most 4 digits after the point
  std::string currency;  // ISO 4217 when the text names one, else empty
  friend bool operator==(const Amount&, const Amount&) = default;
};

// Reads "1 234,56", "1,234.56", "1'234.50", "£1,200", "1234.5 zł", "(12.00)", "12-", "PLN 7", "5
// %". Of a point and a comma the later one is the decimal mark; of one alone, repeated, it parts
// thousands. A single comma before exactly three digits parts thousands ("1,234" is 1234, but
// "0,123" a fraction); a single point is always decimal, as programs write it ("1.234" is not
// 1234). Finer digits than the fourth are rounded, halves away from zero. Parentheses and a minus
// before or behind are negative. Nothing: no number, or more than 14 digits before the point.
std::optional<Amount> parse_amount(std::string_view text);

// ISO 4217 of "PLN", "pln", "zł", "€", "£", "$", "元"; empty when not known. "$" is USD and "¥" CNY
// after a Chinese habit, unless `country` is another land of dollars (CA, AU, NZ, SG, HK) or JP.
std::string currency_code(std::string_view text, std::string_view country = {});

}  // namespace cdh
