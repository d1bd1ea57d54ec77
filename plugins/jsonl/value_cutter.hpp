// Cuts one JSON value off the front of a buffer, and finds the way back after a broken one.
//
// A string that is not closed, or a bracket that is missing, makes the rest of a file look like
// part of one value. Files that people exchange begin each record on a line of its own, so the next
// line that begins as this record's line did (same indentation, then `{`) is taken for the next
// record.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "bracket_scanner.hpp"
#include "input_buffer.hpp"

namespace jsonl {

struct Cut {
  enum class End {
    whole,     // the value is complete, as far as brackets tell
    broken,    // it is not, and the next record begins on the next line
    cut_off,   // the file ends within it
    too_long,  // only the first max_size bytes are counted; skip_rest() passes over the others
  };
  std::size_t length = 0;  // of the value, from the front of the buffer
  End end = End::whole;
};

class ValueCutter {
 public:
  // `in_array`: the value ends before a comma or `]`; otherwise behind its own last bracket.
  ValueCutter(bool in_array, std::size_t max_size) : in_array_(in_array), max_size_(max_size) {}

  // `line_start`: what stands before and at the value's first byte on its line, if nothing but
  // blanks stands before it.
  Cut cut(InputBuffer& buffer, const std::optional<std::string>& line_start);
  // After too_long: consumes what is left of the value. The Cut's length was consumed before.
  void skip_rest(InputBuffer& buffer);

 private:
  Cut recover(InputBuffer& buffer, std::size_t from, const std::optional<std::string>& line_start);
  // Whether the scanner stands at the value's end.
  bool ends_here(std::string_view bytes, BracketScanner::Stop stop) const;

  bool in_array_;
  std::size_t max_size_;
  BracketScanner scanner_;
};

}  // namespace jsonl
