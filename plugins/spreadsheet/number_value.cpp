#include "number_value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <system_error>

namespace cdh::spreadsheet {
namespace {

// Any decimal number of this many digits survives being a double (DBL_DIG).
constexpr std::size_t kSafeDigits = 15;
constexpr std::size_t kIntegerDigits = 18;

// How a number is written: [-]digits[.digits], or in some other way.
struct PlainForm {
  bool plain = false;
  std::size_t digits = 0;
  bool whole = true;           // no fraction, or zeros only
  std::size_t whole_size = 0;  // up to the point
};

PlainForm plain_form(std::string_view text) {
  PlainForm form;
  std::size_t at = !text.empty() && text.front() == '-' ? 1 : 0;
  const std::size_t first = at;
  bool point = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !point && at > first) {
      point = true;
      form.whole_size = at;
    } else if (c >= '0' && c <= '9') {
      ++form.digits;
      if (point && c != '0') form.whole = false;
    } else {
      return form;
    }
  }
  if (!point) form.whole_size = text.size();
  form.plain = form.digits > 0 && text.back() != '.';
  return form;
}

std::optional<double> parse_double(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) {
    return std::nullopt;
  }
  return number;
}

void set_integer_digits(Cell& cell, std::string_view digits) {
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  cell.set_integer(CDH_INTEGER, number);
}

void set_double(Cell& cell, double number) {
  constexpr double kExactIntegers = 9007199254740992.0;  // 2^53
  if (std::trunc(number) == number && std::fabs(number) <= kExactIntegers) {
    cell.set_integer(CDH_INTEGER, static_cast<std::int64_t>(number));
    return;
  }
  // The shortest digits that give this number back, 15 of 1.5e+300, and zeros for the rest.
  char text[400];  // a double has at most 309 digits before the point and 324 after it, not both
  const bool large = std::fabs(number) > kExactIntegers;
  const auto written =
      std::to_chars(text, text + sizeof text, number,
                    large ? std::chars_format::scientific : std::chars_format::fixed);
  std::string digits(text, written.ptr);
  if (large) {
    const std::size_t e = digits.find('e');
    const std::size_t exponent = std::stoul(digits.substr(e + 2));
    digits.resize(e);
    digits.erase(std::remove(digits.begin(), digits.end(), '.'), digits.end());
    digits.resize(exponent + 1 + (number < 0 ? 1 : 0), '0');
  }
  cell.set_decimal(digits);
}

bool is_date(NumberFormat format) {
  return format.kind != NumberFormat::Kind::number && format.kind != NumberFormat::Kind::padded;
}

void set_padded(Cell& cell, NumberFormat format) {
  if (format.kind != NumberFormat::Kind::padded) return;
  if (cell.type != CDH_INTEGER || cell.integer < 0) return;
  const std::size_t width = format.width;
  std::string digits = std::to_string(cell.integer);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  cell.set_text(digits);
}

}  // namespace

void set_number(Cell& cell, std::string_view text) {
  const PlainForm form = plain_form(text);
  if (form.plain && form.whole && form.whole_size <= kIntegerDigits) {
    return set_integer_digits(cell, text.substr(0, form.whole_size));
  }
  if (form.plain && (form.whole || form.digits <= kSafeDigits)) return cell.set_decimal(text);
  if (const std::optional<double> number = parse_double(text)) return set_double(cell, *number);
  cell.set_text(text);
}

void set_formatted_number(Cell& cell, std::string_view text, NumberFormat format, Epoch epoch) {
  if (is_date(format)) {
    const std::optional<double> serial = parse_double(text);
    if (serial && set_serial_date(cell, *serial, format.kind, epoch)) return;
  }
  set_number(cell, text);
  set_padded(cell, format);
}

void set_formatted_number(Cell& cell, double number, NumberFormat format, Epoch epoch) {
  if (!std::isfinite(number)) return cell.set_null();
  if (is_date(format) && set_serial_date(cell, number, format.kind, epoch)) return;
  set_double(cell, number);
  set_padded(cell, format);
}

}  // namespace cdh::spreadsheet
