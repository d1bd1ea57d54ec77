#include "hub/normalize/field.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "hub/base/text.hpp"
#include "hub/base/time.hpp"
#include "hub/normalize/amount.hpp"
#include "hub/normalize/boolean.hpp"
#include "hub/normalize/country.hpp"
#include "hub/normalize/fold.hpp"
#include "hub/normalize/gender.hpp"
#include "hub/normalize/instant.hpp"
#include "hub/normalize/utf8.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxShortBytes = 1'000;
constexpr std::size_t kMaxUrlBytes = 8'000;
constexpr std::size_t kMaxTextBytes = 1 << 20;
constexpr std::size_t kMaxQuotedBytes = 60;

constexpr std::int64_t kMicrosPerDay = 86'400'000'000;

std::int64_t day_of(std::int64_t micros) {
  return micros >= 0 ? micros / kMicrosPerDay : -((-micros + kMicrosPerDay - 1) / kMicrosPerDay);
}

std::size_t max_bytes(FieldKind kind) {
  if (kind == FieldKind::text) return kMaxTextBytes;
  return kind == FieldKind::url ? kMaxUrlBytes : kMaxShortBytes;
}

bool is_textual(ValueType type) {
  return type == ValueType::text || type == ValueType::bytes || type == ValueType::json ||
         type == ValueType::decimal;
}

std::string quoted(std::string_view text) {
  // Not inside a character of several bytes.
  std::size_t size = std::min(text.size(), kMaxQuotedBytes);
  while (size < text.size() && size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80)
    --size;
  std::string out = "\"" + std::string(text.substr(0, size));
  return out + (size < text.size() ? "…\"" : "\"");
}

// `expected` completes "... is not ...".
FieldResult problem(std::string_view text, std::string_view expected) {
  return {{}, quoted(text) + " is not " + std::string(expected)};
}

FieldResult result_or_problem(std::string found, std::string_view text, std::string_view expected) {
  if (found.empty()) return problem(text, expected);
  return {std::move(found), {}};
}

// Doubles without an exponent, so that amounts and counts can be read from them.
std::string plain_text(const Value& value) {
  if (value.type != ValueType::real) return to_text(value);
  if (!std::isfinite(value.real) || std::fabs(value.real) > 1e17) return to_text(value);
  char digits[512];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, value.real, std::chars_format::fixed);
  return end.ec == std::errc() ? std::string(digits, end.ptr) : to_text(value);
}

// What a date must be: "a date", or one in the order that was given.
std::string expected_date(std::string_view what, const FieldContext& context) {
  std::string expected(what);
  if (context.date_order_is == OrderIs::given) {
    expected += " in the order " + std::string(name_of(context.date_order)) + " of its stream";
  }
  return expected;
}

FieldResult as_date(const Value& value, std::string_view text, const FieldContext& context) {
  std::optional<std::int64_t> days;
  switch (value.type) {
    case ValueType::date:
      days = value.integer;
      break;
    case ValueType::local_time:
      days = day_of(value.integer);
      break;
    case ValueType::instant:
      days = day_of(value.integer + value.offset_minutes * std::int64_t{60'000'000});
      break;
    default:
      if (text.size() == 10 && parse_date(text)) return {std::string(text), {}};
      days = parse_date(text, context.date_order, context.date_order_is);
  }
  if (!days || !is_valid(civil_from_days(*days))) {
    return problem(
        text, expected_date("a date", context) + "; write it as YYYY-MM-DD, such as 1984-02-29");
  }
  return {format_date(*days), {}};
}

FieldResult as_instant(const Value& value, std::string_view text, const FieldContext& context) {
  std::optional<std::int64_t> micros;
  switch (value.type) {
    case ValueType::instant:
      micros = value.integer;
      break;
    case ValueType::local_time:
      micros = utc_from_local(value.integer, context.time_zone);
      break;
    case ValueType::date:
      micros = utc_from_local(value.integer * kMicrosPerDay, context.time_zone);
      break;
    default:
      if (text.size() == 20 && text.back() == 'Z' && text[10] == 'T' && parse_instant(text)) {
        return {std::string(text), {}};  // already as it is stored
      }
      micros = parse_instant(text, context.date_order, context.time_zone, context.date_order_is);
  }
  if (!micros || !is_valid(civil_from_days(day_of(*micros)))) {
    return problem(text, expected_date("a date and time", context) +
                             "; write it as YYYY-MM-DDThh:mm:ss and the zone, such as "
                             "1984-02-29T10:00:00+01:00");
  }
  return {format_instant(*micros), {}};
}

// The context's marks are of texts that people wrote; programs write their numbers one way.
std::optional<Amount> amount_of(const Value& value, std::string_view text,
                                const FieldContext& context) {
  const bool is_written = value.type == ValueType::text || value.type == ValueType::bytes;
  return parse_amount(text, is_written ? context.number_marks : NumberMarks{}, context.country);
}

FieldResult as_integer(const Value& value, std::string_view text, const FieldContext& context) {
  constexpr std::string_view kExpected = "a whole number";
  const bool is_plain = !text.empty() && text.size() < 16 && text.front() != '0' &&
                        text.find_first_not_of("0123456789") == std::string_view::npos;
  if (is_plain) return {std::string(text), {}};
  auto amount = amount_of(value, text, context);
  if (!amount || !amount->currency.empty()) return problem(text, kExpected);
  if (amount->decimal.find('.') != std::string::npos) return problem(text, kExpected);
  return {std::move(amount->decimal), {}};
}

FieldResult as_number(const Value& value, std::string_view text, const FieldContext& context) {
  auto amount = amount_of(value, text, context);
  if (!amount || !amount->currency.empty()) {
    return problem(text, "a number of at most 14 digits before the point; write it as 1234.56");
  }
  return {std::move(amount->decimal), {}};
}

FieldResult as_amount(const Value& value, std::string_view text, const FieldContext& context) {
  auto amount = amount_of(value, text, context);
  if (!amount || amount->is_percentage) {
    return problem(text, "an amount of at most 14 digits before the point; write it as 1234.56");
  }
  return {std::move(amount->decimal), {}, std::move(amount->currency_mark)};
}

FieldResult as_boolean(std::string_view text) {
  const auto flag = parse_boolean(text);
  if (!flag) return problem(text, "yes or no; write true or false");
  return {*flag ? "true" : "false", {}};
}

FieldResult as_kind(FieldKind kind, const Value& value, std::string_view text,
                    const FieldContext& context) {
  switch (kind) {
    case FieldKind::country:
      return result_or_problem(std::string(country_code(text)), text,
                               "a country; write its ISO 3166 code, such as PL");
    case FieldKind::currency:
      return result_or_problem(currency_code(text, context.country), text,
                               "a currency; write its ISO 4217 code, such as PLN");
    case FieldKind::gender:
      return result_or_problem(std::string(parse_gender(text)), text,
                               "a gender; write female, male or other");
    case FieldKind::date:
      return as_date(value, text, context);
    case FieldKind::instant:
      return as_instant(value, text, context);
    case FieldKind::integer:
      return as_integer(value, text, context);
    case FieldKind::amount:
      return as_amount(value, text, context);
    case FieldKind::number:
      return as_number(value, text, context);
    case FieldKind::boolean:
      return as_boolean(text);
    default:
      return {nfc(text), {}};
  }
}

// Empty when the size is within the kind's limit.
std::string fault_of_size(FieldKind kind, std::string_view text, std::size_t size) {
  const std::size_t limit = max_bytes(kind);
  if (size <= limit) return {};
  return quoted(text) + " has " + std::to_string(size) + " bytes; at most " +
         std::to_string(limit) + " are taken";
}

// NFC writes some characters longer. A term is kept as a key in folded case, which is longer still.
std::size_t size_as_kept(FieldKind kind, const std::string& text) {
  return kind == FieldKind::term ? std::max(text.size(), fold_case(text).size()) : text.size();
}

// `text` is the value's text, of any source.
FieldResult of_text(FieldKind kind, const Value& value, std::string_view text,
                    const FieldContext& context) {
  text = trim(text);
  if (text.empty()) return {};
  if (std::string fault = fault_of_size(kind, text, text.size()); !fault.empty()) {
    return {{}, std::move(fault)};
  }
  const bool has_nul = text.find('\0') != std::string_view::npos;
  if (has_nul || (!is_ascii(text) && !is_valid_utf8(text))) {
    return {{}, "the bytes are not UTF-8 text; set the source's encoding"};
  }
  FieldResult result = as_kind(kind, value, text, context);
  if (std::string fault = fault_of_size(kind, text, size_as_kept(kind, result.text));
      !fault.empty()) {
    return {{}, std::move(fault)};
  }
  return result;
}

}  // namespace

FieldContext usual_context(std::string country, std::string time_zone) {
  FieldContext context;
  context.country = std::move(country);
  context.time_zone = std::move(time_zone);
  context.date_order = date_order_of(context.country);
  context.number_marks = number_marks_of(context.country);
  return context;
}

FieldResult normalize_field(FieldKind kind, const Value& value, const FieldContext& context) {
  if (value.type == ValueType::absent || value.type == ValueType::null) return {};
  if (is_textual(value.type)) return of_text(kind, value, value.text, context);
  const bool needs_fixed = is_decimal(kind) || kind == FieldKind::integer;
  return of_text(kind, value, needs_fixed ? plain_text(value) : to_text(value), context);
}

}  // namespace cdh
