#include "record_reader.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <simdjson.h>

namespace cdh::csv {
namespace {

// Small enough to stay in a core's cache between being read and being parsed.
constexpr std::size_t kBlockSize = 256 * 1024;

bool is_clean(std::string_view text) {
  return text.find('\0') == std::string_view::npos &&
         simdjson::validate_utf8(text.data(), text.size());
}

// Without the character that the end of the text may cut in two.
std::string_view whole_characters(std::string_view text) {
  for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if (byte >= 0xC0) return text.substr(0, text.size() - back);
    if (byte < 0x80) break;
  }
  return text;
}

std::string megabytes(std::size_t bytes) { return std::to_string(bytes >> 20) + " MB"; }

}  // namespace

RecordReader::RecordReader(TextReader text, Limits limits)
    : text_(std::move(text)), limits_(limits) {}

std::string_view RecordReader::sample() {
  if (at_ == end_) refill();
  return {at_, static_cast<std::size_t>(end_ - at_)};
}

std::uint64_t RecordReader::offset_of(const char* at) const {
  return block_offset_ + static_cast<std::uint64_t>(at - block_.get());
}

// Carries the unfinished record over into a new block, so that batches can keep the old one.
void RecordReader::refill() {
  if (at_end_) return;
  const auto tail = static_cast<std::size_t>(end_ - at_);
  const std::size_t capacity = std::max(kBlockSize, 2 * tail);
  std::shared_ptr<char[]> block(new char[capacity + kReadableBeyond]);
  if (tail > 0) std::memcpy(block.get(), at_, tail);
  if (at_ != nullptr) block_offset_ = offset_of(at_);
  block_ = std::move(block);
  text_.forget(block_offset_);

  constexpr std::size_t kLeastRead = 64;  // what TextReader asks for
  std::size_t size = tail;
  while (capacity - size >= kLeastRead) {
    const std::size_t count = text_.read(block_.get() + size, capacity - size);
    if (count == 0) {
      at_end_ = true;
      break;
    }
    size += count;
  }
  at_ = block_.get();
  end_ = at_ + size;
  std::memset(block_.get() + size, 0, kReadableBeyond);
  const std::string_view text(at_, size);
  block_valid_ = is_clean(at_end_ ? text : whole_characters(text));
}

bool RecordReader::skip_line() {
  Record ignored;
  while (true) {
    if (at_ == end_ && at_end_) return false;
    const std::optional<std::size_t> content = line_content(0);
    if (content || at_end_ || over_limit()) {
      const std::size_t size = content.value_or(static_cast<std::size_t>(end_ - at_));
      const std::size_t line_end = content ? line_end_size(at_ + size, end_) : 0;
      take(ignored, size + line_end, size, line_end > 0);
      if (content || at_end_) return true;
    }
    refill();
  }
}

bool RecordReader::next(Record& record) {
  record.fault.clear();
  record.fault_cell = -1;
  while (true) {
    if (at_ == end_ && at_end_) return false;
    if (in_long_line_) {
      if (take_long_line(record)) return true;
      refill();
      continue;
    }
    const Parsed parsed = parser_->parse(at_, end_, at_end_, record.cells);
    const bool too_many_lines = parsed.longest_cell_lines > limits_.cell_lines;
    if (parsed.shape == Shape::complete && !too_many_lines) {
      take(record, parsed.size, parsed.content, parsed.lines);
      const bool blank =
          record.cells.size() == 1 && !record.cells[0].quoted && record.cells[0].text.empty();
      if (blank) continue;
      if (parsed.content > limits_.record_bytes) {
        record.fault =
            "the record is longer than " + megabytes(limits_.record_bytes) + " (max_line_mb)";
      } else if (!block_valid_) {
        check_bytes(record);
      }
      return true;
    }
    const bool at_fault = parsed.shape != Shape::incomplete || too_many_lines;
    if (at_fault || (over_limit() && parsed.in_quotes)) {
      if (take_faulty_lines(record, parsed.quote, quote_fault(parsed))) return true;
    }
    if (over_limit()) {
      in_long_line_ = true;
    } else {
      refill();
    }
  }
}

std::string RecordReader::raw() const { return text_.raw(last_, offset_of(last_.data())); }

void RecordReader::take(Record& record, std::size_t size, std::size_t content, std::size_t lines) {
  record.line = line_;
  last_ = {at_, content};
  at_ += size;
  line_ += lines;
}

// How much of the text at hand comes before the end of the line that `from` is in; nothing when
// that end is not at hand.
std::optional<std::size_t> RecordReader::line_content(std::size_t from) const {
  const char* const stop = find_line_end(at_ + from, end_);
  const bool cut = stop == end_ || (*stop == '\r' && stop + 1 == end_);
  if (cut && !at_end_) return std::nullopt;
  return static_cast<std::size_t>(stop - at_);
}

// Rejects up to the end of the line that `from` is in; false when that end is not at hand.
bool RecordReader::take_faulty_lines(Record& record, std::size_t from, std::string fault) {
  const std::optional<std::size_t> content = line_content(from);
  if (!content) return false;
  const std::size_t size = *content + line_end_size(at_ + *content, end_);
  take(record, size, *content, count_lines({at_, size}));
  record.fault = std::move(fault);
  return true;
}

// Gives a line that no buffer should hold in pieces; false when more text is needed first.
bool RecordReader::take_long_line(Record& record) {
  const std::optional<std::size_t> content = line_content(0);
  if (!content && !over_limit()) return false;
  const std::size_t size = content.value_or(limits_.record_bytes);
  const std::size_t line_end = content ? line_end_size(at_ + size, end_) : 0;
  record.cells.clear();
  take(record, size + line_end, size, line_end > 0);
  record.fault = "a piece of a line longer than " + megabytes(limits_.record_bytes) +
                 " (max_line_mb); is this a CSV file?";
  in_long_line_ = !content;
  return true;
}

std::string RecordReader::quote_fault(const Parsed& parsed) const {
  const std::uint64_t line = line_ + count_lines({at_, parsed.quote});
  const std::string opened = "the quote opened in line " + std::to_string(line);
  if (parsed.longest_cell_lines > limits_.cell_lines) {
    return opened + " is not closed within " + std::to_string(limits_.cell_lines) +
           " lines (max_cell_lines)";
  }
  if (parsed.shape == Shape::text_after_quote) {
    return opened + " is closed before the cell ends; a quote inside must be doubled";
  }
  if (parsed.shape == Shape::unclosed_quote) return opened + " is never closed";
  return opened + " is not closed within " + megabytes(limits_.record_bytes) + " (max_line_mb)";
}

void RecordReader::check_bytes(Record& record) const {
  if (is_clean(last_)) return;
  record.fault = last_.find('\0') != std::string_view::npos
                     ? "it holds a NUL byte"
                     : "it holds bytes that are not valid in " + text_.encoding() +
                           "; set the option encoding if the file is in another one";
  for (std::size_t i = 0; i < record.cells.size(); ++i) {
    if (is_clean(record.cells[i].text)) continue;
    record.fault_cell = static_cast<int>(i);
    break;
  }
}

}  // namespace cdh::csv
