// Reads text record by record, and gets over whatever is wrong in it: every byte of the file ends
// in a record, faulty or not, or in a blank line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser.hpp"
#include "text_reader.hpp"

namespace cdh::csv {

struct Limits {
  std::size_t record_bytes = 16u << 20;
  std::size_t cell_lines = 1000;  // of a quoted cell; one with more lacks its closing quote
};

struct Record {
  std::uint64_t line = 0;   // where it starts, from 1
  std::vector<Cell> cells;  // of a faulty record: whatever there was
  std::string fault;        // not empty: it cannot be read, because
  int fault_cell = -1;      // the cell at fault, where that is known
};

// The text is kept in blocks; a record lies in one of them. After a quote that never closes, only
// the lines up to the one where it opened are given up, and reading goes on with the next line.
class RecordReader {
 public:
  RecordReader(TextReader text, Limits limits);

  // The text at hand, for detecting the dialect, and whether it is all.
  std::string_view sample();
  bool sample_is_whole() const { return at_end_; }
  // Passes over one line, blank or not; false at the end.
  bool skip_line();
  void set_dialect(const Dialect& dialect) { parser_.emplace(dialect); }

  // The next record that is not a blank line; false at the end. After set_dialect. Throws
  // PluginError when the file cannot be read any further, after all whole records before that place.
  bool next(Record& record);

  // The file's bytes behind the record that next() gave last, without its line end.
  std::string raw() const;
  // Owns what the cells of the last record point into.
  std::shared_ptr<const void> block() const { return block_; }
  // Bytes of text read so far.
  std::uint64_t offset() const { return offset_of(at_); }
  const TextReader& text() const { return text_; }

 private:
  std::uint64_t offset_of(const char* at) const;
  void refill();
  std::size_t read_text(char* to, std::size_t size);
  void take(Record& record, std::size_t size, std::size_t content, std::size_t lines);
  std::optional<std::size_t> line_content(std::size_t from) const;
  bool take_faulty_lines(Record& record, std::size_t quote, const std::string& what);
  bool take_long_line(Record& record);
  void check_bytes(Record& record) const;

  TextReader text_;
  Limits limits_;
  std::optional<Parser> parser_;
  std::shared_ptr<char[]> block_;
  std::uint64_t block_offset_ = 0;  // of the block's first byte in the text
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  bool at_end_ = false;      // nothing comes after end_
  bool block_valid_ = true;  // well-formed UTF-8 without NUL
  bool in_long_line_ = false;
  std::uint64_t line_ = 1;
  std::string_view last_;  // the text of the last record
};

}  // namespace cdh::csv
