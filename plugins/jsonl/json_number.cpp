#include "json_number.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

namespace jsonl {

namespace {

constexpr int kMaxWrittenOut = 60;  // digits

// The parts of -12.50e+3, each without its signs: "12", "50", 3.
struct Parts {
  bool negative = false;
  std::string_view whole, fraction;
  std::string_view exponent;  // with its sign, without the e
  bool has_fraction = false, has_exponent = false;
};

std::string_view take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9') ++count;
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

bool split_number(std::string_view text, Parts& out) {
  out.negative = take(text, '-');
  out.whole = take_digits(text);
  if (out.whole.empty() || (out.whole.size() > 1 && out.whole.front() == '0')) return false;
  if (take(text, '.')) {
    out.has_fraction = true;
    out.fraction = take_digits(text);
    if (out.fraction.empty()) return false;
  }
  if (take(text, 'e') || take(text, 'E')) {
    out.has_exponent = true;
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    out.exponent = text;
    take(text, '-');
    if (take_digits(text).empty()) return false;
  }
  return text.empty();
}

cdh_value text_value(cdh_type type, std::string_view text) {
  cdh_value value{};
  value.type = static_cast<std::uint8_t>(type);
  value.as.text = text.data();
  value.length = static_cast<std::uint32_t>(text.size());
  return value;
}

// Moves the point by the exponent; empty when that takes too many digits.
std::string write_out(const Parts& parts) {
  int exponent = 0;
  const char* end = parts.exponent.data() + parts.exponent.size();
  if (std::from_chars(parts.exponent.data(), end, exponent).ec != std::errc()) return {};
  if (exponent > kMaxWrittenOut || exponent < -kMaxWrittenOut) return {};
  std::string digits(parts.whole);
  digits += parts.fraction;
  int point = static_cast<int>(parts.whole.size()) + exponent;
  if (point <= 0) {
    digits.insert(0, static_cast<std::size_t>(1 - point), '0');
    point = 1;
  }
  const auto whole_size = static_cast<std::size_t>(point);
  if (digits.size() < whole_size) digits.append(whole_size - digits.size(), '0');
  const std::size_t leading =
      std::min(digits.find_first_not_of('0'), whole_size - 1);  // 0.01e1 is 0.1, not 00.1
  if (digits.size() > kMaxWrittenOut) return {};
  if (digits.size() > whole_size) digits.insert(whole_size, 1, '.');
  digits.erase(0, leading);
  return (parts.negative ? "-" : "") + digits;
}

}  // namespace

bool read_number(std::string_view token, cdh::Arena& arena, cdh_value& out) {
  // The integers that fill most files.
  std::int64_t integer = 0;
  const char* end = token.data() + token.size();
  const auto [stopped, status] = std::from_chars(token.data(), end, integer);
  Parts parts;
  if (!split_number(token, parts)) return false;
  if (!parts.has_fraction && !parts.has_exponent && status == std::errc() && stopped == end) {
    out = cdh_value{};
    out.type = CDH_INTEGER;
    out.as.integer = integer;
    return true;
  }
  if (!parts.has_exponent) {
    out = text_value(CDH_DECIMAL, arena.keep(token));
    return true;
  }
  const std::string written = write_out(parts);
  out = written.empty() ? text_value(CDH_TEXT, arena.keep(token))
                        : text_value(CDH_DECIMAL, arena.keep(written));
  return true;
}

}  // namespace jsonl
