#include "number_format.hpp"

#include <algorithm>
#include <cstddef>

namespace cdh::spreadsheet {
namespace {

using Kind = NumberFormat::Kind;

constexpr int kMaxPadding = 18;  // the digits of a 64-bit integer

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool starts_with(std::string_view text, std::string_view lower_prefix) {
  if (text.size() < lower_prefix.size()) return false;
  for (std::size_t i = 0; i < lower_prefix.size(); ++i) {
    if (lower(text[i]) != lower_prefix[i]) return false;
  }
  return true;
}

// Reads one section of a code, token by token, and notes what it is made of.
class Section {
 public:
  explicit Section(std::string_view code) : rest_(code) {
    while (!rest_.empty() && rest_.front() != ';') rest_.remove_prefix(take());
  }

  NumberFormat format() const {
    if (number_) return {};
    const bool month = months_ && (long_month_ || !time_);
    if (date_ || month) return {Kind::date, 0};
    if (elapsed_) return {Kind::elapsed_time, 0};
    if (time_) return {Kind::time_of_day, 0};
    if (!other_ && zeros_ >= 2 && zeros_ <= kMaxPadding) {
      return {Kind::padded, static_cast<std::uint8_t>(zeros_)};
    }
    return {};
  }

 private:
  // Notes the token in front and returns its length.
  std::size_t take() {
    if (starts_with(rest_, "general")) return note(other_, 7);
    if (starts_with(rest_, "g/")) return note(other_, rest_.size());  // General, in Chinese
    if (starts_with(rest_, "am/pm")) return note(time_, 5);
    if (starts_with(rest_, "a/p")) return note(time_, 3);
    const char c = lower(rest_.front());
    switch (c) {
      case '"':
        return quoted();
      case '\\':
        literal(rest_.substr(1, 1));
        return std::min<std::size_t>(2, rest_.size());
      case '_':
      case '*':
        return std::min<std::size_t>(2, rest_.size());
      case '[':
        return bracket();
      case '0':
        ++zeros_;
        return 1;
      case 'y':
      case 'd':
      case 'g':
      case 'b':
        return note(date_, 1);
      case 'e':
        return exponent_or_year();
      case 'h':
      case 's':
        return note(time_, 1);
      case 'm':
        return months();
      case '#':
      case '?':
        return note(number_, 1);
      case ' ':
      case '-':
        return 1;
      default:
        return note(other_, 1);
    }
  }

  static std::size_t note(bool& what, std::size_t size) {
    what = true;
    return size;
  }

  std::size_t quoted() {
    const std::size_t close = rest_.find('"', 1);
    const std::size_t size = close == std::string_view::npos ? rest_.size() : close + 1;
    literal(rest_.substr(1, size - 1 - (close != std::string_view::npos ? 1 : 0)));
    return size;
  }

  // [Red], [$-409], [>100] say nothing; [h], [mm], [s] count beyond a day.
  std::size_t bracket() {
    const std::size_t close = rest_.find(']');
    if (close == std::string_view::npos) return rest_.size();
    const std::string_view inside = rest_.substr(1, close - 1);
    const char unit = inside.empty() ? '\0' : lower(inside.front());
    if (unit == 'h' || unit == 'm' || unit == 's') {
      bool only_unit = true;
      for (const char c : inside) only_unit = only_unit && lower(c) == unit;
      if (only_unit) elapsed_ = time_ = true;
    }
    if (unit == '$' && inside.size() > 1 && inside[1] != '-') other_ = true;  // a currency
    return close + 1;
  }

  // E+00 is an exponent, a bare e the year of an era.
  std::size_t exponent_or_year() {
    if (rest_.size() > 1 && (rest_[1] == '+' || rest_[1] == '-')) return note(other_, 2);
    return note(date_, 1);
  }

  std::size_t months() {
    std::size_t size = 1;
    while (size < rest_.size() && lower(rest_[size]) == 'm') ++size;
    months_ = true;
    if (size >= 3) long_month_ = true;
    return size;
  }

  // Identifiers are grouped by blanks, hyphens, dots and slashes; any other literal is a unit.
  void literal(std::string_view text) {
    for (const char c : text) {
      if (c != ' ' && c != '-' && c != '.' && c != '/') other_ = true;
    }
  }

  std::string_view rest_;
  int zeros_ = 0;
  bool date_ = false, time_ = false, elapsed_ = false, number_ = false, other_ = false;
  bool months_ = false, long_month_ = false;
};

bool between(std::uint32_t id, std::uint32_t low, std::uint32_t high) {
  return id >= low && id <= high;
}

}  // namespace

NumberFormat classify_format(std::string_view code) { return Section(code).format(); }

NumberFormat builtin_format(std::uint32_t id) {
  if (between(id, 18, 21) || id == 45 || id == 47) return {Kind::time_of_day, 0};
  if (id == 46) return {Kind::elapsed_time, 0};
  // Among the East Asian ones, 32 and 33 are times in Japanese and Chinese files.
  if (between(id, 32, 33)) return {Kind::time_of_day, 0};
  if (between(id, 14, 22) || between(id, 27, 36) || between(id, 50, 58)) return {Kind::date, 0};
  return {};
}

}  // namespace cdh::spreadsheet
