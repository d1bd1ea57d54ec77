// One way to write a date, by the letters of Unicode's date patterns.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "moment.hpp"

namespace cdh::date {

// "dd.MM.yyyy", "yyyyMMdd", "d/M/yy HH:mm", "yyyy年M月d日", "EEE, dd MMM yyyy HH:mm:ss XXX".
//
//   yyyy yy   year, of two digits by the pivot     HH H hh h  hour, h with a (AM, PM)
//   MM M      month in digits                      mm ss      minute, second
//   MMM       its English or Polish name           SSS        fraction of a second, any digits
//   dd d      day                                  XXX        offset: Z, +01:00
//   EEE       a weekday, not checked               'text'     itself; so is any other character
//
// Between other characters a number may leave out its leading zero; next to another number
// (yyyyMMdd) it has exactly as many digits as letters. A blank matches any number of blanks.
class DateFormat {
 public:
  // Throws a config error that names the option `formats` and what is wrong with the format.
  explicit DateFormat(const std::string& format);

  // Nothing when the text is not wholly of this form, or no such day or time exists.
  std::optional<Moment> read(std::string_view text, int two_digit_year_pivot) const;

 private:
  struct Token {
    char letter = 0;        // of the pattern; 0: literal
    std::size_t width = 0;  // letters
    bool exact = false;     // exactly `width` digits
    char literal = 0;
  };
  struct Parts;

  void add_letters(std::string_view format, char letter, std::size_t width);
  void mark_exact();
  static bool read_token(const Token& token, std::string_view& text, Parts& parts);

  std::vector<Token> tokens_;
};

}  // namespace cdh::date
