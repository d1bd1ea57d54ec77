#include "pattern.hpp"

#include <cdh/plugin.hpp>

#include <unicode/parseerr.h>

namespace cdh::text {

namespace {

// ICU counts in steps of the match engine that take about a millisecond each.
constexpr std::int32_t kTimeLimit = 100;

icu::UnicodeString to_unicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

}  // namespace

Pattern::Pattern(const std::string& pattern, const std::string& option) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  const std::unique_ptr<icu::RegexPattern> compiled(
      icu::RegexPattern::compile(to_unicode(pattern), where, status));
  if (U_FAILURE(status)) {
    fail_config("\"" + pattern + "\" is not a regular expression: " + u_errorName(status) +
                    " at character " + std::to_string(where.offset),
                option);
  }
  // Compiled again: a matcher made by a RegexPattern needs it alive, this one owns its own. Only
  // the first way says where an error is.
  matcher_ = std::make_unique<icu::RegexMatcher>(to_unicode(pattern), 0, status);
  matcher_->setTimeLimit(kTimeLimit, status);
  if (U_FAILURE(status)) failed(status);
}

Pattern::Result Pattern::matches(std::string_view text) {
  input_ = to_unicode(text);
  matcher_->reset(input_);
  UErrorCode status = U_ZERO_ERROR;
  const bool matched = matcher_->matches(status) != 0;
  if (U_FAILURE(status)) return failed(status);
  return matched ? Result::yes : Result::no;
}

Pattern::Result Pattern::replace(std::string_view text, const std::string& replacement,
                                 std::string& out) {
  input_ = to_unicode(text);
  matcher_->reset(input_);
  UErrorCode status = U_ZERO_ERROR;
  const bool found = matcher_->find(status) != 0;
  if (U_SUCCESS(status) && !found) return Result::no;
  const icu::UnicodeString replaced = matcher_->replaceAll(to_unicode(replacement), status);
  if (U_FAILURE(status)) return failed(status);
  out.clear();
  replaced.toUTF8String(out);
  return Result::yes;
}

Pattern::Result Pattern::failed(UErrorCode status) const {
  if (status == U_REGEX_TIME_OUT || status == U_REGEX_STACK_OVERFLOW) return Result::too_slow;
  if (status == U_INDEX_OUTOFBOUNDS_ERROR || status == U_REGEX_INVALID_CAPTURE_GROUP_NAME) {
    fail_config("it names a group that the pattern does not have; the pattern has " +
                    std::to_string(matcher_->groupCount()),
                "replace");
  }
  fail_system(std::string("ICU cannot apply the pattern: ") + u_errorName(status));
}

}  // namespace cdh::text
