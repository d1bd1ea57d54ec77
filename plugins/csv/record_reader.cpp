#include "record_reader.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <cdh/plugin.hpp>

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

constexpr char kTextAfterQuote[] = "is closed before the cell ends; a quote inside must be doubled";

bool is_blank(const Record& record) {
  return record.cells.size() == 1 && !record.cells[0].quoted && record.cells[0].text.empty();
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
  const std::size_t size = tail + read_text(block.get() + tail, capacity - tail);
  if (at_ != nullptr) block_offset_ = offset_of(at_);
  block_ = std::move(block);
  text_.forget(block_offset_);
  at_ = block_.get();
  end_ = at_ + size;
  std::memset(block_.get() + size, 0, kReadableBeyond);
  const std::string_view text(at_, size);
  block_valid_ = is_clean(at_end_ ? text : whole_characters(text));
}

// A failure waits until the text before it has been used.
std::size_t RecordReader::read_text(char* to, std::size_t size) {
  constexpr std::size_t kLeastRead = 64;  // what TextReader asks for
  std::size_t read = 0;
  while (size - read >= kLeastRead && !at_end_) {
    try {
      const std::size_t count = text_.read(to + read, size - read);
      read += count;
      at_end_ = count == 0;
    } catch (const PluginError&) {
      if (read == 0) throw;
      break;
    }
  }
  return read;
}

bool RecordReader::skip_line() {
  Record ignored;
  while (true) {
    if (at_ == end_ && at_end_) return false;
    const std::optional<std::size_t> content = line_content(0);
    const std::size_t size = content.value_or(static_cast<std::size_t>(end_ - at_));
    const std::size_t line_end = content ? line_end_size(at_ + size, end_) : 0;
    take(ignored, size + line_end, size, line_end > 0);
    if (content) return true;
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
      continue;
    }
    const Parsed parsed = parser_->parse(at_, end_, at_end_, record.cells);
    const std::size_t size =
        parsed.shape == Shape::complete ? parsed.content : static_cast<std::size_t>(end_ - at_);
    const bool too_large = size > limits_.record_bytes;
    const bool too_many_lines = parsed.longest_cell_lines > limits_.cell_lines;
    if (too_large && parsed.longest_cell_lines == 0) {
      in_long_line_ = true;
    } else if (too_large || too_many_lines) {
      const std::string limit = too_many_lines
                                    ? std::to_string(limits_.cell_lines) + " lines (max_cell_lines)"
                                    : megabytes(limits_.record_bytes) + " (max_line_mb)";
      if (take_faulty_lines(record, parsed.longest_cell_quote, "is not closed within " + limit)) {
        return true;
      }
    } else if (parsed.shape == Shape::unclosed_quote) {
      if (take_faulty_lines(record, parsed.quote, "is never closed")) return true;
    } else if (parsed.shape == Shape::text_after_quote) {
      if (take_faulty_lines(record, parsed.quote, kTextAfterQuote)) return true;
    } else if (parsed.shape == Shape::incomplete) {
      refill();
    } else {
      take(record, parsed.size, parsed.content, parsed.lines);
      if (is_blank(record)) continue;
      if (!block_valid_) check_bytes(record);
      return true;
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

// Rejects up to the end of the line where the quote at `quote` opens. False when that end is not
// at hand: more text is there now, parse again.
bool RecordReader::take_faulty_lines(Record& record, std::size_t quote, const std::string& what) {
  const std::optional<std::size_t> content = line_content(quote);
  if (!content) {
    refill();
    return false;
  }
  record.fault =
      "the quote opened in line " + std::to_string(line_ + count_lines({at_, quote})) + " " + what;
  const std::size_t size = *content + line_end_size(at_ + *content, end_);
  take(record, size, *content, count_lines({at_, size}));
  return true;
}

// Gives a line over the limit in pieces within it. False: more text is there now, try again.
bool RecordReader::take_long_line(Record& record) {
  const std::optional<std::size_t> content = line_content(0);
  const bool is_last = content && *content <= limits_.record_bytes;
  if (!content && static_cast<std::size_t>(end_ - at_) <= limits_.record_bytes) {
    refill();
    return false;
  }
  const std::size_t size = is_last ? *content : limits_.record_bytes;
  const std::size_t line_end = is_last ? line_end_size(at_ + size, end_) : 0;
  record.cells.clear();
  take(record, size + line_end, size, line_end > 0);
  record.fault = "a piece of a line longer than " + megabytes(limits_.record_bytes) +
                 " (max_line_mb); is this a CSV file?";
  in_long_line_ = !is_last;
  return true;
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
