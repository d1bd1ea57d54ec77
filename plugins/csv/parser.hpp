// Cuts one record of separated text (RFC 4180 and its common variants) into cells.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace cdh::csv {

struct Dialect {
  char separator = ',';
  char quote = '"';  // '\0': no quoting
  bool trim = true;  // blanks around cells go; those inside quotes stay
};

// A view into the text. A quoted cell comes without its quotes; `escaped`: a doubled quote in it
// still stands for one, see unescape().
struct Cell {
  std::string_view text;
  bool quoted = false;
  bool escaped = false;
};

enum class Shape {
  complete,
  incomplete,       // the text ends inside the record and more is to come
  unclosed_quote,   // the text ends inside quotes and nothing is to come
  text_after_quote  // a closing quote is followed by something else than separator or line end
};

struct Parsed {
  Shape shape = Shape::complete;
  std::size_t size = 0;     // complete: the record with its line end
  std::size_t content = 0;  // complete: without
  std::size_t lines = 0;    // complete: line ends in `size`
  std::size_t quote = 0;    // text_after_quote, unclosed_quote: where the opening quote stands
  // The quoted cell with the most line ends, be it complete or not.
  std::size_t longest_cell_lines = 0;
  std::size_t longest_cell_quote = 0;
};

// Beyond the end of the text, this many bytes must be readable, whatever they are.
constexpr std::size_t kReadableBeyond = 16;

// Lines end with LF, CRLF or CR. A quote inside an unquoted cell is an ordinary character.
class Parser {
 public:
  explicit Parser(const Dialect& dialect);

  // Reads the record at `begin`; `last`: nothing comes after `end`. Fills `cells`.
  Parsed parse(const char* begin, const char* end, bool last, std::vector<Cell>& cells) const;

 private:
  const char* skip_blanks(const char* at, const char* end) const;
  bool is_blank(char c) const { return c == ' ' || c == other_blank_; }
  std::string_view trimmed(const char* begin, const char* end) const;
  const char* parse_quoted(const char* open, const char* begin, const char* end, bool last,
                           Parsed& parsed, std::vector<Cell>& cells) const;

  Dialect dialect_;
  char other_blank_;
};

// The end of the line that `at` is in: the first byte of its line end, or `end`.
const char* find_line_end(const char* at, const char* end);
// The length of the line end at `at` (0 at `end`).
std::size_t line_end_size(const char* at, const char* end);
// How many line ends there are; CRLF is one.
std::size_t count_lines(std::string_view text);

// Copies a quoted cell to `to` (text.size() bytes suffice), each doubled quote as one. Returns what
// was written.
std::string_view unescape(std::string_view text, char quote, char* to);

}  // namespace cdh::csv
