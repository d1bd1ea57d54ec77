// A window that moves over the bytes of a source: look at bytes(), ask for more(), consume().
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "byte_source.hpp"

namespace jsonl {

class InputBuffer {
 public:
  explicit InputBuffer(std::unique_ptr<ByteSource> source);

  // What was read and not consumed yet. Valid until the next more().
  std::string_view bytes() const { return {memory_.data() + begin_, end_ - begin_}; }
  // Reads more bytes behind bytes(); false at the end of the source.
  bool more();
  void consume(std::size_t count) { begin_ += count; }

 private:
  std::unique_ptr<ByteSource> source_;
  std::vector<char> memory_;
  std::size_t begin_ = 0, end_ = 0;
  bool at_end_ = false;
};

}  // namespace jsonl
