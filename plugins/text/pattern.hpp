// An ICU regular expression over UTF-8 text, with a bound on the work one text may cost.
// Syntax: https://unicode-org.github.io/icu/userguide/strings/regexp.html
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <unicode/regex.h>
#include <unicode/unistr.h>

namespace cdh::text {

class Pattern {
 public:
  // too_slow: the text costs more than a tenth of a second or 8 MB of backtracking.
  enum class Result { yes, no, too_slow };

  // `option` is where the pattern came from. Throws a config error that names it and the place in
  // the pattern.
  Pattern(const std::string& pattern, const std::string& option);

  // Whether the whole text matches.
  Result matches(std::string_view text);

  // Replaces every match by the template, in which $1 is a group and \$ a dollar sign. `yes`: there
  // were matches and the result is in `out`. Throws a config error that names the option `replace`
  // when the template names a group that the pattern does not have.
  Result replace(std::string_view text, const std::string& replacement, std::string& out);

 private:
  Result failed(UErrorCode status) const;

  std::unique_ptr<icu::RegexMatcher> matcher_;
  icu::UnicodeString input_;
};

}  // namespace cdh::text
