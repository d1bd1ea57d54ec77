// Which separator and quote a file uses, told from its beginning.
#pragma once

#include <optional>
#include <string_view>

#include "parser.hpp"

namespace cdh::csv {

// What the settings fix; the rest is told from the sample.
struct DialectChoice {
  std::optional<char> separator;
  std::optional<char> quote;
  bool trim = true;
};

struct DetectedDialect {
  Dialect dialect;
  bool declared = false;  // the first line is Excel's "sep=;" and no record
};

// Tries comma, semicolon, tab and bar. The best one cuts the most records into as many cells as the
// first one has, and into many. The quote is ", or ' where only that one encloses cells; a single
// column is taken as separated by commas. `whole`: the sample is the entire text. The bytes beyond
// the sample must be readable, as the parser demands.
DetectedDialect detect_dialect(std::string_view sample, bool whole, const DialectChoice& choice);

}  // namespace cdh::csv
