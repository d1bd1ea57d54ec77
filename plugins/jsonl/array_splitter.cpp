#include "array_splitter.hpp"

#include <algorithm>
#include <utility>

#include <cdh/plugin.hpp>

namespace jsonl {

namespace {
constexpr std::size_t kMaxIndentation = 256;
}

bool ArraySplitter::skip_blanks() {
  while (true) {
    const std::string_view bytes = buffer_.bytes();
    const std::size_t first = std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size());
    const std::size_t line_end = bytes.substr(0, first).rfind('\n');
    if (line_end != std::string_view::npos) {
      indentation_ = std::string(bytes.substr(line_end + 1, first - line_end - 1));
    } else if (indentation_.has_value()) {
      indentation_->append(bytes.substr(0, first));
    }
    if (indentation_.has_value() && indentation_->size() > kMaxIndentation) indentation_.reset();
    buffer_.consume(first);
    if (first < bytes.size()) return true;
    if (!buffer_.more()) return false;
  }
}

void ArraySplitter::fail_no_array() const {
  std::string where;
  for (const std::string& name : path_) where += (where.empty() ? "" : ".") + name;
  const std::string found = where.empty()
                                ? "the file is not an array"
                                : "a document has no array at \"" + where + "\" (after " +
                                      std::to_string(element_) + " records of earlier documents)";
  cdh::fail_config(found + "; say with `records` where the array of records is", "records");
}

void ArraySplitter::expect(char wanted) {
  if (!skip_blanks() || buffer_.bytes().front() != wanted) fail_no_array();
  buffer_.consume(1);
}

std::string ArraySplitter::read_name() {
  expect('"');
  std::size_t end = 0;
  while (true) {
    const std::string_view bytes = buffer_.bytes();
    while (end < bytes.size() && bytes[end] != '"') end += bytes[end] == '\\' ? 2 : 1;
    if (end < bytes.size()) break;
    if (end > max_size_ || !buffer_.more()) fail_no_array();
  }
  std::string name(buffer_.bytes().substr(0, end));
  buffer_.consume(end + 1);
  expect(':');
  return name;
}

void ArraySplitter::skip_member() {
  BracketScanner scanner;
  scanner.begin();
  while (true) {
    const auto stop = scanner.scan(buffer_.bytes(), false);
    if (stop == BracketScanner::Stop::separator) break;
    if (stop == BracketScanner::Stop::broken_line) fail_no_array();
    const std::size_t passed = scanner.from();
    buffer_.consume(passed);
    scanner.forget(passed);
    if (!buffer_.more()) fail_no_array();
  }
  buffer_.consume(scanner.from());
}

void ArraySplitter::enter_member(const std::string& name) {
  expect('{');
  while (true) {
    if (read_name() == name) return;
    skip_member();
    expect(',');  // no further member: no array
  }
}

void ArraySplitter::enter_array() {
  for (const std::string& name : path_) enter_member(name);
  if (!skip_blanks()) fail_no_array();
  while (buffer_.bytes().size() < 4 && buffer_.more()) continue;
  if (!path_.empty() && buffer_.bytes().substr(0, 4) == "null") {
    buffer_.consume(4);
    at_ = At::rest_of_document;
    return;
  }
  expect('[');
  at_ = At::element;
  indentation_.reset();
}

bool ArraySplitter::skip_rest_of_document() {
  if (path_.empty()) return true;
  BracketScanner scanner;
  scanner.begin(path_.size());
  while (true) {
    const auto stop = scanner.scan(buffer_.bytes(), true);
    if (stop == BracketScanner::Stop::broken_line) {
      scanner.step();
      continue;
    }
    const std::size_t passed = scanner.from();
    buffer_.consume(passed);
    scanner.forget(passed);
    if (stop == BracketScanner::Stop::closed) return true;
    if (!buffer_.more()) return false;
  }
}

std::optional<std::string> ArraySplitter::line_start() const {
  if (!indentation_.has_value() || buffer_.bytes().front() != '{') return std::nullopt;
  return *indentation_ + '{';
}

void ArraySplitter::take_element(RecordText& out) {
  const Cut cut = cutter_.cut(buffer_, line_start());
  indentation_.reset();
  taken_ = cut.length;
  std::string_view bytes = buffer_.bytes().substr(0, taken_);
  bytes = bytes.substr(0, bytes.find_last_not_of(" \t\r\n") + 1);
  out = {bytes, ++element_, {}};
  at_ = At::separator;
  switch (cut.end) {
    case Cut::End::whole:
      taken_ = bytes.size();  // skip_blanks() is to see the end of the line
      break;
    case Cut::End::broken:
      out.problem = "the element is not complete: a quote or bracket is not closed";
      break;
    case Cut::End::cut_off:
      out.problem = "the file ends within this element of the array";
      at_ = At::end;
      break;
    case Cut::End::too_long:
      out.problem = too_long_problem(max_size_);
      inside_long_element_ = true;
  }
}

void ArraySplitter::take_stray_text(RecordText& out) {
  while (buffer_.bytes().size() < max_size_ &&
         buffer_.bytes().find('\n') == std::string_view::npos && buffer_.more()) {
    continue;
  }
  const std::string_view bytes = buffer_.bytes();
  taken_ = std::min({bytes.find('\n'), bytes.size(), max_size_});
  out = {bytes.substr(0, taken_), ++element_, "text outside of the array"};
}

bool ArraySplitter::take_end_of_file(RecordText& out, std::string problem) {
  at_ = At::end;
  out = {{}, element_ + 1, std::move(problem)};
  return true;
}

bool ArraySplitter::next(RecordText& out) {
  buffer_.consume(std::exchange(taken_, 0));
  if (std::exchange(inside_long_element_, false)) cutter_.skip_rest(buffer_);
  while (at_ != At::end) {
    if (at_ == At::rest_of_document) {
      at_ = At::document;
      if (!skip_rest_of_document()) {
        return take_end_of_file(out, "the file ends within the document, behind the array");
      }
    }
    if (!skip_blanks()) {
      if (at_ == At::document) return false;
      return take_end_of_file(out, "the file ends within the array; it may have been cut off");
    }
    const char next = buffer_.bytes().front();
    if (at_ == At::document) {
      if (path_.empty() && next != '[' && element_ > 0) {
        take_stray_text(out);
        return true;
      }
      enter_array();
    } else if (next == ']') {
      buffer_.consume(1);
      at_ = At::rest_of_document;
    } else if (at_ == At::separator && next == ',') {
      buffer_.consume(1);
      at_ = At::element;
      if (indentation_.has_value()) indentation_->push_back(',');  // it leads its line
    } else {
      take_element(out);
      return true;
    }
  }
  return false;
}

}  // namespace jsonl
