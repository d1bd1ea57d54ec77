#include "byte_stream.hpp"

namespace cdh::csv {

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
