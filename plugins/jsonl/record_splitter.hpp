// Cuts the text of a file into records, without looking deeper into them than it must: a broken
// record costs itself, the others go on.
//
//     std::unique_ptr<RecordSplitter> splitter = split_records(buffer, {}, 16 << 20);
//     for (RecordText record; splitter->next(record);) ...
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "input_buffer.hpp"

namespace jsonl {

struct RecordText {
  std::string_view bytes;      // valid until the next next()
  std::uint64_t position = 0;  // counted from 1, in the splitter's unit
  std::string problem;         // not empty: it cannot be a record, because
};

class RecordSplitter {
 public:
  virtual ~RecordSplitter() = default;
  // False at the end of the file. Throws cdh::PluginError when the file as a whole is not readable.
  virtual bool next(RecordText& out) = 0;
  virtual std::string_view position_unit() const = 0;
};

// The problem of a record longer than `max_size` bytes.
std::string too_long_problem(std::size_t max_size);

// Chooses by the first bytes how the file is to be cut:
// - with a `path` (the names of nested members): documents that hold an array of records there;
// - `[`: an array of records, cut into elements;
// - `{` alone on the first line: indented records, one after the other, as jq writes them;
// - otherwise one record a line.
// `buffer` must outlive the splitter. A record longer than `max_size` bytes is a problem.
// Throws cdh::PluginError(data) when the text is not UTF-8 but UTF-16.
std::unique_ptr<RecordSplitter> split_records(InputBuffer& buffer,
                                              const std::vector<std::string>& path,
                                              std::size_t max_size);

}  // namespace jsonl
