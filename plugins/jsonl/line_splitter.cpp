#include "line_splitter.hpp"

#include <utility>

namespace jsonl {

void LineSplitter::skip_rest_of_line() {
  inside_long_line_ = false;
  while (true) {
    const std::size_t end = buffer_.bytes().find('\n');
    if (end != std::string_view::npos) {
      buffer_.consume(end + 1);
      return;
    }
    buffer_.consume(buffer_.bytes().size());
    if (!buffer_.more()) return;
  }
}

bool LineSplitter::next(RecordText& out) {
  while (true) {
    buffer_.consume(std::exchange(taken_, 0));
    if (inside_long_line_) skip_rest_of_line();

    std::size_t end = buffer_.bytes().find('\n');
    while (end == std::string_view::npos && buffer_.bytes().size() <= max_size_) {
      const std::size_t searched = buffer_.bytes().size();
      if (!buffer_.more()) break;
      end = buffer_.bytes().find('\n', searched);
    }
    const bool has_end = end != std::string_view::npos;
    const std::string_view line = buffer_.bytes().substr(0, end);
    if (line.empty() && !has_end) return false;

    ++line_;
    taken_ = line.size() + (has_end ? 1 : 0);
    if (line.size() > max_size_) {
      inside_long_line_ = !has_end;
      out = {line.substr(0, max_size_), line_, too_long_problem(max_size_)};
      return true;
    }
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    out.bytes = line;
    out.position = line_;
    out.problem.clear();
    return true;
  }
}

}  // namespace jsonl
