#include "dialect.hpp"

#include <string>
#include <vector>

namespace cdh::csv {
namespace {

constexpr std::size_t kSampleRecords = 500;

// How the sample looks when it is read in one dialect.
struct Reading {
  std::size_t columns = 0;  // cells of the first record
  std::size_t records = 0, matching = 0, faults = 0;
  std::size_t cells = 0, quoted_cells = 0;

  // Cubed, because records of equal width tell more than many cells do.
  double merit() const {
    if (columns < 2 || records == 0) return 0;
    const double share = static_cast<double>(matching) / static_cast<double>(records);
    return share * share * share * static_cast<double>(columns - 1);
  }
};

Reading read_sample(std::string_view sample, bool whole, const Dialect& dialect) {
  const Parser parser(dialect);
  std::vector<Cell> cells;
  Reading reading;
  const char* at = sample.data();
  const char* const end = at + sample.size();
  while (at < end && reading.records < kSampleRecords) {
    const Parsed parsed = parser.parse(at, end, whole, cells);
    if (parsed.shape == Shape::incomplete) break;
    const bool blank = cells.size() == 1 && cells[0].text.empty();
    if (parsed.shape != Shape::complete) {
      ++reading.records, ++reading.faults;
      at = find_line_end(at, end);
      at += line_end_size(at, end);
      continue;
    }
    at += parsed.size;
    if (blank) continue;
    if (reading.records++ == 0) reading.columns = cells.size();
    reading.matching += cells.size() == reading.columns;
    reading.cells += cells.size();
    for (const Cell& cell : cells) reading.quoted_cells += cell.quoted;
  }
  return reading;
}

// Excel's own way to name the separator: a first line "sep=;".
std::optional<char> declared_separator(std::string_view sample) {
  const bool declares = sample.size() > 5 && (sample[0] == 's' || sample[0] == 'S') &&
                        (sample[1] == 'e' || sample[1] == 'E') &&
                        (sample[2] == 'p' || sample[2] == 'P') && sample[3] == '=' &&
                        (sample[5] == '\n' || sample[5] == '\r');
  return declares ? std::optional<char>(sample[4]) : std::nullopt;
}

}  // namespace

DetectedDialect detect_dialect(std::string_view sample, bool whole, const DialectChoice& choice) {
  const std::optional<char> declared = declared_separator(sample);
  if (declared) {
    const char* const begin = sample.data();
    sample.remove_prefix(5 + line_end_size(begin + 5, begin + sample.size()));
  }
  std::string separators = ",;\t|";
  if (choice.separator) {
    separators = *choice.separator;
  } else if (declared) {
    separators = *declared;
  }
  const std::string quotes = choice.quote ? std::string(1, *choice.quote) : "\"'";

  Dialect best{separators[0], quotes[0], choice.trim};
  double most = 0;
  bool double_quotes_used = false;
  for (const char quote : quotes) {
    for (const char separator : separators) {
      const Dialect dialect{separator, quote, choice.trim};
      const Reading reading = read_sample(sample, whole, dialect);
      if (quote == '"' && reading.quoted_cells > 0 && reading.faults == 0) {
        double_quotes_used = true;
      }
      const bool apostrophe_encloses =
          !double_quotes_used && reading.faults == 0 && reading.quoted_cells * 4 >= reading.cells;
      if (quote == '\'' && !choice.quote && !apostrophe_encloses) continue;
      if (reading.merit() > most) most = reading.merit(), best = dialect;
    }
  }
  return {best, declared.has_value()};
}

}  // namespace cdh::csv
