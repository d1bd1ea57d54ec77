// The bytes of a file from its beginning to its end, decompressed when it is gzip or zstd.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace jsonl {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Reads 1 to `size` bytes into `to`; 0 at the end. Throws cdh::PluginError: system when the file
  // cannot be read, data when compressed data is damaged or cut off.
  virtual std::size_t read(char* to, std::size_t size) = 0;
};

// Tells gzip (RFC 1952, any number of members) and zstd (RFC 8878, any number of frames) by their
// first bytes. Throws cdh::PluginError(system) when the file does not open or is a pipe or device,
// of which there is no end and no second pass.
std::unique_ptr<ByteSource> open_file(const std::string& path);

}  // namespace jsonl
