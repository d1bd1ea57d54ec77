// The bytes of a file, in order, decompressed on the way.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace cdh::csv {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Copies up to `size` bytes to `to`; 0 only at the end. Throws PluginError.
  virtual std::size_t read(char* to, std::size_t size) = 0;
};

// Reads until `size` bytes are there or the stream ends; returns how many there are.
std::size_t read_fully(ByteStream& bytes, char* to, std::size_t size);

// Opens a regular file. gzip and zstd are known by their first bytes and decompressed as they are
// read, in bounded memory. Files are read and not mapped: one that shrinks meanwhile just ends.
// `changed` is called at the end of a file whose size or time changed since it was opened.
// Throws PluginError(system) that names `path` and the cause.
std::unique_ptr<ByteStream> open_file(const std::string& path, std::function<void()> changed);

}  // namespace cdh::csv
