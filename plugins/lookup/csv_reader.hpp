// The rows of a CSV text (RFC 4180): quotes around fields, doubled inside, line ends within quotes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cdh::lookup {

class CsvReader {
 public:
  // The text must outlive the reader. A byte order mark at its front is skipped.
  CsvReader(std::string_view text, char separator);

  // The next row, blank lines passed over; false at the end. Throws a config error that names the
  // line when a quote is not closed.
  bool read(std::vector<std::string>& fields);

  // Where the last row began, counted from 1.
  std::size_t line() const { return row_line_; }

 private:
  void read_quoted(std::string& field);

  std::string_view rest_;
  char separator_;
  std::size_t line_ = 1, row_line_ = 1;
};

}  // namespace cdh::lookup
