#include "bracket_scanner.hpp"

#include <array>

namespace jsonl {

namespace {

// What a byte means outside a string.
enum class Mark : std::uint8_t { none, quote, open, close, comma };

constexpr std::array<Mark, 256> make_marks() {
  std::array<Mark, 256> marks{};
  marks['"'] = Mark::quote;
  marks['{'] = marks['['] = Mark::open;
  marks['}'] = marks[']'] = Mark::close;
  marks[','] = Mark::comma;
  return marks;
}
constexpr std::array<Mark, 256> kMarks = make_marks();

constexpr std::array<bool, 256> make_string_marks() {
  std::array<bool, 256> marks{};
  marks['"'] = marks['\\'] = marks['\n'] = true;
  return marks;
}
constexpr std::array<bool, 256> kStringMarks = make_string_marks();

}  // namespace

void BracketScanner::begin(std::uint64_t open) {
  at_ = 0;
  depth_ = open;
  in_string_ = false;
}

bool BracketScanner::skip_string(std::string_view text) {
  while (true) {
    while (at_ < text.size() && !kStringMarks[static_cast<unsigned char>(text[at_])]) ++at_;
    if (at_ == text.size() || text[at_] == '\n') return false;
    if (text[at_] == '"') {
      ++at_;
      in_string_ = false;
      return true;
    }
    if (at_ + 1 == text.size()) return false;  // the escaped character is still to come
    at_ += text[at_ + 1] == '\n' ? 1 : 2;
  }
}

BracketScanner::Stop BracketScanner::scan(std::string_view text, bool stop_when_closed) {
  while (true) {
    if (in_string_ && !skip_string(text)) {
      return at_ < text.size() && text[at_] == '\n' ? Stop::broken_line : Stop::none;
    }
    while (at_ < text.size() && kMarks[static_cast<unsigned char>(text[at_])] == Mark::none) ++at_;
    if (at_ == text.size()) return Stop::none;
    switch (kMarks[static_cast<unsigned char>(text[at_])]) {
      case Mark::quote:
        in_string_ = true;
        break;
      case Mark::open:
        ++depth_;
        break;
      case Mark::close:
        if (depth_ == 0) return Stop::separator;
        if (--depth_ == 0 && stop_when_closed) {
          ++at_;
          return Stop::closed;
        }
        break;
      default:
        if (depth_ == 0) return Stop::separator;
    }
    ++at_;
  }
}

}  // namespace jsonl
