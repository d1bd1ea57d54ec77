// Finds where a JSON value ends by following its strings and brackets, in text that arrives piece
// by piece. It accepts much that is not JSON: the parser decides later.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jsonl {

class BracketScanner {
 public:
  enum class Stop {
    none,         // at the end of the text: call again with more
    separator,    // at a comma or a closing bracket that does not belong to the value
    closed,       // behind the bracket that closes the outermost open one
    broken_line,  // at an end of line inside a string, which JSON does not allow
  };

  // Begins a value; `open` brackets are open already.
  void begin(std::uint64_t open = 0);
  // Goes on at text[from()], where the earlier text must be the same as before. Stops at
  // `separator` only while no bracket is open, and at `closed` only when asked to.
  Stop scan(std::string_view text, bool stop_when_closed);
  // How far it came.
  std::size_t from() const { return at_; }
  // Passes over one byte: a bracket that closes nothing, or the end of a broken string.
  void step() {
    ++at_;
    in_string_ = false;
  }
  // The first `count` bytes of the text are gone.
  void forget(std::size_t count) { at_ -= count; }

 private:
  // Goes on inside a string; false at the end of the text or line.
  bool skip_string(std::string_view text);

  std::size_t at_ = 0;
  std::uint64_t depth_ = 0;
  bool in_string_ = false;
};

}  // namespace jsonl
