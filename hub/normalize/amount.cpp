#include "hub/normalize/amount.hpp"

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <iterator>

#include <unicode/ucurr.h>
#include <unicode/uenum.h>
#include <unicode/unistr.h>

#include "hub/base/text.hpp"
#include "hub/normalize/fold.hpp"
#include "hub/normalize/utf8.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxTextBytes = 100;
constexpr std::size_t kFractionDigits = 4;
constexpr std::size_t kMaxIntegerDigits = 14;  // with four more, fits 64 bits

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct CurrencyMark {
  std::string_view mark;  // lower case
  std::string_view code;
};

constexpr CurrencyMark kCurrencyMarks[] = {
    {"zł", "PLN"},  {"zl", "PLN"},     {"zl.", "PLN"}, {"zł.", "PLN"}, {"złotych", "PLN"},
    {"€", "EUR"},   {"euro", "EUR"},   {"£", "GBP"},   {"us$", "USD"}, {"usd$", "USD"},
    {"元", "CNY"},  {"人民币", "CNY"}, {"rmb", "CNY"}, {"cn¥", "CNY"}, {"圆", "CNY"},
    {"円", "JPY"},  {"jp¥", "JPY"},    {"kč", "CZK"},  {"ft", "HUF"},  {"₽", "RUB"},
    {"руб", "RUB"}, {"руб.", "RUB"},   {"₴", "UAH"},   {"грн", "UAH"}, {"₹", "INR"},
    {"₩", "KRW"},   {"₺", "TRY"},      {"₪", "ILS"},   {"fr.", "CHF"}, {"sfr.", "CHF"},
    {"a$", "AUD"},  {"c$", "CAD"},     {"hk$", "HKD"}, {"s$", "SGD"},  {"nz$", "NZD"},
    {"nt$", "TWD"}, {"r$", "BRL"},     {"₫", "VND"},   {"฿", "THB"},   {"lei", "RON"}};

// The dollar and the yen sign mean the money of the place.
std::string_view code_of_shared_sign(std::string_view mark, std::string_view country) {
  if (mark == "$") {
    for (const auto& [place, code] : {std::pair<std::string_view, std::string_view>{"CA", "CAD"},
                                      {"AU", "AUD"},
                                      {"NZ", "NZD"},
                                      {"SG", "SGD"},
                                      {"HK", "HKD"}}) {
      if (country == place) return code;
    }
    return "USD";
  }
  if (mark == "¥" || mark == "￥") return country == "JP" ? "JPY" : "CNY";
  return {};
}

// The codes of all times, by ICU; a code is the number of its letters in base 26.
using CurrencyCodes = std::bitset<26 * 26 * 26>;

std::size_t index_of_code(char first, char second, char third) {
  const auto letter = [](char c) { return static_cast<std::size_t>(c - 'A'); };
  return (letter(first) * 26 + letter(second)) * 26 + letter(third);
}

CurrencyCodes known_currency_codes() {
  CurrencyCodes codes;
  UErrorCode status = U_ZERO_ERROR;
  UEnumeration* all = ucurr_openISOCurrencies(UCURR_ALL, &status);
  const char* code = nullptr;
  std::int32_t size = 0;
  while (U_SUCCESS(status) && (code = uenum_next(all, &size, &status)) != nullptr) {
    if (size == 3) codes.set(index_of_code(code[0], code[1], code[2]));
  }
  uenum_close(all);
  return codes;
}

bool is_iso_4217(std::string_view upper) {
  static const CurrencyCodes codes = known_currency_codes();
  return codes.test(index_of_code(upper[0], upper[1], upper[2]));
}

// Every kind of blank as ' ', the minus sign as '-', the typographic apostrophe as '\''.
std::string plain(std::string_view text) {
  struct Plain {
    std::string_view from;
    char to;
  };
  static constexpr Plain kPlain[] = {{"\u00A0", ' '},  {"\u202F", ' '}, {"\u2009", ' '},
                                     {"\u2007", ' '},  {"\u2212", '-'}, {"\u2013", '-'},
                                     {"\u2019", '\''}, {"，", ','}};
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto found = std::find_if(std::begin(kPlain), std::end(kPlain), [&](const Plain& p) {
      return text.substr(i).starts_with(p.from);
    });
    if (found != std::end(kPlain)) {
      out += found->to;
      i += found->from.size();
    } else {
      out += text[i++];
    }
  }
  return out;
}

bool is_number_part(char c) { return is_digit(c) || c == ' ' || c == '.' || c == ',' || c == '\''; }

// Signs around the number, removed from it.
bool take_sign(std::string_view& text) {
  bool is_negative = false;
  if (text.starts_with('(') && text.ends_with(')') && text.size() > 2) {
    text = trim(text.substr(1, text.size() - 2));
    is_negative = true;
  }
  if (text.starts_with('-') || text.starts_with('+')) {
    is_negative = is_negative || text.starts_with('-');
    text = trim(text.substr(1));
  } else if (text.ends_with(",-") || text.ends_with(".-")) {
    text.remove_suffix(2);  // no cents
  } else if (text.ends_with('-')) {
    text = trim(text.substr(0, text.size() - 1));
    is_negative = true;
  }
  return is_negative;
}

// Whether the text is of digits parted in groups of three by `mark`.
bool is_grouped(std::string_view text, char mark) {
  const std::size_t first = text.find(mark);
  if (first == 0 || first > 3) return false;
  for (text.remove_prefix(first); !text.empty(); text.remove_prefix(4)) {
    if (text.front() != mark || text.size() < 4) return false;
    if (!std::all_of(text.begin() + 1, text.begin() + 4, is_digit)) return false;
  }
  return true;
}

struct Parts {
  std::string integer;
  std::string fraction;
};

// "1,234", which can be whole or a fraction; "0,123" and "1234,567" cannot.
bool is_ambiguous(std::string_view text, std::size_t at) {
  return text.size() - at == 4 && is_grouped(text, text[at]) && text.front() != '0';
}

// Where the decimal mark stands; npos: the number is whole.
std::size_t find_decimal_mark(std::string_view text, NumberMarks marks) {
  const std::size_t point = text.rfind('.');
  const std::size_t comma = text.rfind(',');
  if (point == std::string_view::npos && comma == std::string_view::npos) return comma;
  if (point != std::string_view::npos && comma != std::string_view::npos)
    return std::max(point, comma);
  const std::size_t mark = std::min(point, comma);  // the one that is there
  if (text.find(text[mark]) != mark) return std::string_view::npos;
  const bool may_part =
      text[mark] == '.' ? marks.point_parts_thousands : marks.comma_parts_thousands;
  return may_part && is_ambiguous(text, mark) ? std::string_view::npos : mark;
}

// "1.234.567,89" -> {"1234567", "89"}; nothing when the marks do not part groups of three.
std::optional<Parts> part_number(std::string_view text, NumberMarks marks) {
  const std::size_t mark = find_decimal_mark(text, marks);
  Parts parts;
  std::string_view integer = text.substr(0, mark);
  if (mark != std::string_view::npos) parts.fraction = text.substr(mark + 1);
  if (!std::all_of(parts.fraction.begin(), parts.fraction.end(), is_digit)) return std::nullopt;
  for (const char group : {' ', '\'', ',', '.'}) {
    if (integer.find(group) == std::string_view::npos) continue;
    if (!is_grouped(integer, group)) return std::nullopt;
    for (const char c : integer) {
      if (c != group) parts.integer += c;
    }
    return parts;
  }
  parts.integer = integer;
  if (parts.integer.empty() && parts.fraction.empty()) return std::nullopt;
  return parts;
}

// Adds one to the last digit of integer and fraction together.
void carry(Parts& parts) {
  for (std::string* digits : {&parts.fraction, &parts.integer}) {
    for (auto digit = digits->rbegin(); digit != digits->rend(); ++digit) {
      if (*digit != '9') {
        ++*digit;
        return;
      }
      *digit = '0';
    }
  }
  parts.integer.insert(0, 1, '1');
}

std::string to_decimal(Parts parts, bool is_negative) {
  if (parts.fraction.size() > kFractionDigits) {
    const bool rounds_up = parts.fraction[kFractionDigits] >= '5';
    parts.fraction.resize(kFractionDigits);
    if (rounds_up) carry(parts);
  }
  while (parts.fraction.ends_with('0')) parts.fraction.pop_back();
  parts.integer.erase(0, parts.integer.find_first_not_of('0'));
  if (parts.integer.empty()) parts.integer = "0";
  if (parts.integer.size() > kMaxIntegerDigits) return {};
  std::string out;
  if (is_negative && (parts.integer != "0" || !parts.fraction.empty())) out += '-';
  out += parts.integer;
  if (!parts.fraction.empty()) out += "." + parts.fraction;
  return out;
}

// Takes a currency or "%" off either end; false when something else stands there.
bool take_mark(std::string_view& text, std::string_view country, Amount& amount) {
  const auto begin = std::find_if(text.begin(), text.end(), is_digit);
  if (begin == text.end()) return false;
  std::size_t from = static_cast<std::size_t>(begin - text.begin());
  if (from > 0 && (text[from - 1] == '.' || text[from - 1] == ',')) --from;
  std::size_t to = from;
  while (to < text.size() && is_number_part(text[to])) ++to;
  while (to > from && !is_digit(text[to - 1])) --to;
  std::string_view before = trim(text.substr(0, from));
  std::string_view after = trim(text.substr(to));
  for (const std::string_view no_cents : {",-", ".-", "."}) {  // "12,- zł" is twelve
    if (!after.starts_with(no_cents)) continue;
    after = trim(after.substr(no_cents.size()));
    break;
  }
  text = text.substr(from, to - from);
  for (const std::string_view word : {before, after}) {
    if (word.empty()) continue;
    if (amount.is_percentage || !amount.currency.empty()) return false;
    if (word == "%") {
      amount.is_percentage = true;
      continue;
    }
    amount.currency = currency_code(word, country);
    if (amount.currency.empty()) return false;
    amount.currency_mark = word;
  }
  return true;
}

}  // namespace

std::optional<Amount> parse_amount(std::string_view text, NumberMarks marks,
                                   std::string_view country) {
  text = trim(text);
  if (text.empty() || text.size() > kMaxTextBytes) return std::nullopt;
  std::string plain_text;
  if (!is_ascii(text)) {
    plain_text = plain(text);
    text = trim(plain_text);
  }
  bool is_negative = take_sign(text);
  Amount amount;
  std::string without_sign;
  if (!std::all_of(text.begin(), text.end(), is_number_part)) {
    // The sign may stand between currency and number: "PLN -5".
    const std::size_t minus = text.find('-');
    if (minus != std::string_view::npos && minus + 1 < text.size() && is_digit(text[minus + 1])) {
      without_sign = std::string(text.substr(0, minus)) + std::string(text.substr(minus + 1));
      is_negative = !is_negative;
      text = without_sign;
    }
    if (!take_mark(text, country, amount)) return std::nullopt;
  }
  if (auto parts = part_number(text, marks)) {
    amount.decimal = to_decimal(std::move(*parts), is_negative);
  }
  if (amount.decimal.empty()) return std::nullopt;
  return amount;
}

std::string currency_code(std::string_view text, std::string_view country) {
  text = trim(text);
  if (text.empty() || text.size() > kMaxTextBytes) return {};
  const bool is_word = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  if (is_word && text.size() == 3) {
    std::string upper(text);
    for (char& c : upper) c = static_cast<char>(c & ~0x20);
    if (is_iso_4217(upper)) return upper;
  }
  if (const std::string_view code = code_of_shared_sign(text, country); !code.empty()) {
    return std::string(code);
  }
  const std::string lower = ascii_lower(text);
  for (const CurrencyMark& currency : kCurrencyMarks) {
    if (currency.mark == lower) return std::string(currency.code);
  }
  return {};
}

bool may_mean(std::string_view mark, std::string_view code) {
  if (currency_code(mark) == code) return true;
  if (mark == "￥") mark = "¥";
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t size = 0;
  icu::UnicodeString wide = icu::UnicodeString::fromUTF8(std::string(code));
  const char16_t* sign = ucurr_getName(wide.getTerminatedBuffer(), "en", UCURR_NARROW_SYMBOL_NAME,
                                       nullptr, &size, &status);
  return U_SUCCESS(status) &&
         icu::UnicodeString(sign, size) == icu::UnicodeString::fromUTF8(std::string(mark));
}

}  // namespace cdh
