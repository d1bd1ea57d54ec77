// Bytes in order: of a file, of what a packed file holds, of memory.
#pragma once

#include <cstddef>

namespace cdh::csv {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Copies up to `size` bytes to `to`; 0 only at the end. Throws PluginError.
  virtual std::size_t read(char* to, std::size_t size) = 0;
};

// Reads until `size` bytes are there or the stream ends; returns how many there are.
std::size_t read_fully(ByteStream& bytes, char* to, std::size_t size);

}  // namespace cdh::csv
