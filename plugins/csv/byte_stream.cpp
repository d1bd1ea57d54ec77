#include "byte_stream.hpp"

#include <cdh/plugin.hpp>

namespace cdh::csv {

std::size_t EndingStream::read(char* to, std::size_t size) {
  if (failure_ != nullptr) return 0;
  try {
    return bytes_->read(to, size);
  } catch (const PluginError&) {
    failure_ = std::current_exception();
    return 0;
  }
}

void EndingStream::check_end() const {
  if (failure_ != nullptr) std::rethrow_exception(failure_);
}

std::size_t read_fully(ByteStream& bytes, char* to, std::size_t size) {
  std::size_t filled = 0;
  while (filled < size) {
    const std::size_t count = bytes.read(to + filled, size - filled);
    if (count == 0) break;
    filled += count;
  }
  return filled;
}

}  // namespace cdh::csv
