// One record a line, as JSON Lines has it (jsonlines.org). Blank lines are passed over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "input_buffer.hpp"
#include "record_splitter.hpp"

namespace jsonl {

class LineSplitter final : public RecordSplitter {
 public:
  LineSplitter(InputBuffer& buffer, std::size_t max_size) : buffer_(buffer), max_size_(max_size) {}

  bool next(RecordText& out) override;
  std::string_view position_unit() const override { return "line"; }

 private:
  void skip_rest_of_line();

  InputBuffer& buffer_;
  std::size_t max_size_;
  std::size_t taken_ = 0;  // bytes of the record given last
  std::uint64_t line_ = 0;
  bool inside_long_line_ = false;
};

}  // namespace jsonl
