#include "date_format.hpp"

#include <algorithm>

#include <cdh/plugin.hpp>

#include "month_name.hpp"

namespace cdh::date {

namespace {

constexpr std::string_view kLetters = "yMdHhmsSaXE";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

[[noreturn]] void fail_format(std::string_view format, const std::string& why) {
  fail_config("the format \"" + std::string(format) + "\" " + why, "formats");
}

}  // namespace

// What a text said, before it is known whether such a time exists.
struct DateFormat::Parts {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offset_minutes = 0;
  std::int64_t micros = 0;
  bool two_digit_year = false, has_time = false, has_offset = false;
  std::optional<bool> past_noon;
};

DateFormat::DateFormat(const std::string& format) {
  for (std::size_t i = 0; i < format.size();) {
    const char c = format[i];
    if (c == '\'') {
      const std::size_t end = format.find('\'', i + 1);
      if (end == std::string::npos) fail_format(format, "has an open quote");
      for (std::size_t k = i + 1; k < end; ++k) tokens_.push_back({0, 0, false, format[k]});
      i = end + 1;
    } else if (kLetters.find(c) != std::string_view::npos) {
      const std::size_t end = std::min(format.find_first_not_of(c, i), format.size());
      add_letters(format, c, end - i);
      i = end;
    } else if (is_letter(c) && c != 'T') {
      fail_format(format, std::string("has the unknown letter ") + c + "; quote it to mean itself");
    } else {
      tokens_.push_back({0, 0, false, c});
      ++i;
    }
  }
  const auto has = [&](char letter) {
    return std::any_of(tokens_.begin(), tokens_.end(),
                       [&](const Token& token) { return token.letter == letter; });
  };
  if (!has('y') || !has('M') || !has('d')) fail_format(format, "needs a year, a month and a day");
  if (has('h') != has('a')) fail_format(format, "needs h and a together");
  mark_exact();
}

void DateFormat::add_letters(std::string_view format, char letter, std::size_t width) {
  const bool known = letter == 'y'   ? width == 2 || width == 4
                     : letter == 'M' ? width <= 4
                     : letter == 'S' || letter == 'X' || letter == 'E' || letter == 'a'
                         ? width <= 9
                         : width <= 2;
  if (!known) fail_format(format, std::string("has the wrong number of letters ") + letter);
  tokens_.push_back({letter, width, false, 0});
}

// A number is of fixed width when a digit of another number may stand next to it.
void DateFormat::mark_exact() {
  const auto is_number = [&](std::size_t i) {
    if (i >= tokens_.size() || (tokens_[i].letter == 'M' && tokens_[i].width > 2)) return false;
    return std::string_view("yMdHhms").find(tokens_[i].letter) != std::string_view::npos;
  };
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    const bool beside = is_number(i + 1) || (i > 0 && is_number(i - 1));
    tokens_[i].exact = is_number(i) && (beside || tokens_[i].letter == 'y');
  }
}

bool DateFormat::read_token(const Token& token, std::string_view& text, Parts& parts) {
  const auto number = [&](int& target) {
    const std::size_t least = token.exact ? token.width : 1;
    const std::size_t most = token.letter == 'y' || token.exact ? token.width : 2;
    const auto value = take_number(text, least, most);
    target = value.value_or(0);
    return value.has_value();
  };
  const auto clock = [&](int& target) {
    parts.has_time = true;
    return number(target);
  };
  switch (token.letter) {
    case 'y':
      parts.two_digit_year = token.width == 2;
      return number(parts.year);
    case 'M':
      if (token.width <= 2) return number(parts.month);
      parts.month = take_month_name(text).value_or(0);
      return parts.month > 0;
    case 'd':
      return number(parts.day);
    case 'H':
    case 'h':
      return clock(parts.hour);
    case 'm':
      return clock(parts.minute);
    case 's':
      return clock(parts.second);
    case 'S': {
      const auto micros = take_fraction(text);
      parts.micros = micros.value_or(0);
      return micros.has_value();
    }
    case 'a':
      parts.past_noon = take_half_of_day(text);
      return parts.past_noon.has_value();
    case 'X': {
      const auto offset = take_offset(text);
      parts.offset_minutes = offset.value_or(0);
      parts.has_offset = offset.has_value();
      return parts.has_offset;
    }
    case 'E':
      return take_letters(text) && (take(text, '.') || true);
    default:
      break;
  }
  if (token.literal != ' ') return take(text, token.literal);
  while (take(text, ' ')) {
  }
  return true;
}

std::optional<Moment> DateFormat::read(std::string_view text, int two_digit_year_pivot) const {
  Parts parts;
  for (const Token& token : tokens_) {
    if (!read_token(token, text, parts)) return std::nullopt;
  }
  if (!text.empty()) return std::nullopt;
  if (parts.two_digit_year) parts.year = full_year(parts.year, two_digit_year_pivot);
  if (parts.past_noon) {
    if (parts.hour < 1 || parts.hour > 12) return std::nullopt;
    parts.hour = parts.hour % 12 + (*parts.past_noon ? 12 : 0);
  }
  const auto days = days_of(parts.year, parts.month, parts.day);
  const auto micros = micros_of(parts.hour, parts.minute, parts.second, parts.micros);
  if (!days || !micros) return std::nullopt;
  return Moment{*days, *micros, parts.has_time, parts.has_time && parts.has_offset,
                parts.offset_minutes};
}

}  // namespace cdh::date
