// Records that span lines and follow one another without commas, as jq and most pretty printers
// write them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "input_buffer.hpp"
#include "record_splitter.hpp"
#include "value_cutter.hpp"

namespace jsonl {

class IndentedSplitter final : public RecordSplitter {
 public:
  IndentedSplitter(InputBuffer& buffer, std::size_t max_size)
      : buffer_(buffer), max_size_(max_size), cutter_(false, max_size) {}

  bool next(RecordText& out) override;
  std::string_view position_unit() const override { return "line"; }

 private:
  // Consumes and counts lines.
  void pass(std::size_t count);
  bool skip_blanks();
  // A line that begins no record, such as a stray comma or bracket.
  std::size_t rest_of_line();

  InputBuffer& buffer_;
  std::size_t max_size_;
  ValueCutter cutter_;
  std::size_t taken_ = 0;  // bytes of the record given last
  std::uint64_t line_ = 1;
  bool inside_long_record_ = false;
};

}  // namespace jsonl
