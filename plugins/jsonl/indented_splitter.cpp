#include "indented_splitter.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace jsonl {

void IndentedSplitter::pass(std::size_t count) {
  const std::string_view bytes = buffer_.bytes().substr(0, count);
  line_ += static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
  buffer_.consume(count);
}

bool IndentedSplitter::skip_blanks() {
  while (true) {
    const std::size_t first = buffer_.bytes().find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos) {
      pass(first);
      return true;
    }
    pass(buffer_.bytes().size());
    if (!buffer_.more()) return false;
  }
}

std::size_t IndentedSplitter::rest_of_line() {
  std::size_t end = buffer_.bytes().find('\n');
  while (end == std::string_view::npos && buffer_.bytes().size() < max_size_ && buffer_.more()) {
    end = buffer_.bytes().find('\n');
  }
  return std::min({end, buffer_.bytes().size(), max_size_});
}

bool IndentedSplitter::next(RecordText& out) {
  pass(std::exchange(taken_, 0));
  if (std::exchange(inside_long_record_, false)) cutter_.skip_rest(buffer_);
  if (!skip_blanks()) return false;
  out.position = line_;
  out.problem.clear();
  if (buffer_.bytes().front() != '{') {
    taken_ = rest_of_line();
    out.bytes = buffer_.bytes().substr(0, taken_);
    return true;
  }
  const Cut cut = cutter_.cut(buffer_, "{");
  taken_ = cut.length;
  out.bytes = buffer_.bytes().substr(0, taken_);
  switch (cut.end) {
    case Cut::End::whole:
      break;
    case Cut::End::broken:
      out.problem = "the record is not complete: a quote or bracket is not closed";
      break;
    case Cut::End::cut_off:
      out.problem = "the file ends within this record";
      break;
    case Cut::End::too_long:
      out.problem =
          too_long_problem(max_size_) + ", or name the array of records in it with `records`";
      inside_long_record_ = true;
  }
  return true;
}

}  // namespace jsonl
