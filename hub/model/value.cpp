#include "hub/model/value.hpp"

#include <charconv>
#include <cstdio>

#include "hub/base/text.hpp"
#include "hub/base/time.hpp"

namespace cdh {

namespace {

std::string real_to_text(double real) {
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof digits, real).ptr;
  std::string text(digits, end);
  // A spreadsheet keeps 35391555000 as a double: an identifier must not come back as 3.5e+10.
  if (text.find('e') != std::string::npos && real > -1e17 && real < 1e17) {
    const auto fixed =
        std::to_chars(digits, digits + sizeof digits, real, std::chars_format::fixed);
    text.assign(digits, fixed.ptr);
  }
  return text;
}

std::string instant_to_text(const Value& value) {
  if (value.offset_minutes == 0) return format_instant(value.integer);
  const int offset = value.offset_minutes;
  std::string text = format_local_time(value.integer + offset * std::int64_t{60'000'000});
  const int size = offset < 0 ? -offset : offset;
  text += offset < 0 ? '-' : '+';
  char digits[8];
  std::snprintf(digits, sizeof digits, "%02d:%02d", size / 60 % 100, size % 60);
  return text + digits;
}

}  // namespace

bool Value::is_blank() const {
  switch (type) {
    case ValueType::absent:
    case ValueType::null:
      return true;
    case ValueType::decimal:
    case ValueType::text:
    case ValueType::json:
      return trim(text).empty();
    case ValueType::bytes:
      return text.empty();
    default:
      return false;
  }
}

Value text_value(std::string_view text) {
  Value value;
  value.type = ValueType::text;
  value.text = text;
  return value;
}

std::string to_text(const Value& value) {
  switch (value.type) {
    case ValueType::absent:
    case ValueType::null:
      return {};
    case ValueType::boolean:
      return value.integer != 0 ? "true" : "false";
    case ValueType::integer:
      return std::to_string(value.integer);
    case ValueType::real:
      return real_to_text(value.real);
    case ValueType::decimal:
    case ValueType::text:
    case ValueType::bytes:
    case ValueType::json:
      return std::string(value.text);
    case ValueType::date:
      return format_date(value.integer);
    case ValueType::local_time:
      return format_local_time(value.integer);
    case ValueType::instant:
      return instant_to_text(value);
  }
  return {};
}

}  // namespace cdh
