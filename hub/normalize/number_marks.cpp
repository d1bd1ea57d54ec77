#include "hub/normalize/number_marks.hpp"

#include <string>

#include <unicode/dcfmtsym.h>
#include <unicode/locid.h>

namespace cdh {

std::optional<NumberMarks> number_marks_from_name(std::string_view decimal) {
  if (decimal == "comma") return NumberMarks{false, true};
  if (decimal == "point") return NumberMarks{true, false};
  return std::nullopt;
}

NumberMarks number_marks_of(std::string_view country) {
  if (country.empty()) return {};
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale place("und", std::string(country).c_str());
  place.addLikelySubtags(status);                    // the language most people there speak
  place.setKeywordValue("numbers", "latn", status);  // not ٫ but the mark beside 0 to 9
  const icu::DecimalFormatSymbols symbols(place, status);
  if (U_FAILURE(status)) return {};
  using Symbols = icu::DecimalFormatSymbols;
  const bool comma_is_decimal =
      symbols.getConstSymbol(Symbols::kDecimalSeparatorSymbol) == icu::UnicodeString(u',');
  const bool point_parts =
      symbols.getConstSymbol(Symbols::kGroupingSeparatorSymbol) == icu::UnicodeString(u'.');
  return {!comma_is_decimal, comma_is_decimal && point_parts};
}

}  // namespace cdh
