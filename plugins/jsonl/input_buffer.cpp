#include "input_buffer.hpp"

#include <cstring>
#include <utility>

namespace jsonl {

namespace {
constexpr std::size_t kFirstSize = 256 * 1024;  // stays in the processor's cache
}

InputBuffer::InputBuffer(std::unique_ptr<ByteSource> source)
    : source_(std::move(source)), memory_(kFirstSize) {}

bool InputBuffer::more() {
  if (at_end_) return false;
  if (begin_ > 0) {
    std::memmove(memory_.data(), memory_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ > memory_.size() / 2) memory_.resize(2 * memory_.size());
  const std::size_t count = source_->read(memory_.data() + end_, memory_.size() - end_);
  end_ += count;
  at_end_ = count == 0;
  return count > 0;
}

}  // namespace jsonl
