// Bytes in order: of a file, of what a packed file holds, of memory.
#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <utility>

namespace cdh::csv {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Copies up to `size` bytes to `to`; 0 only at the end. Throws PluginError.
  virtual std::size_t read(char* to, std::size_t size) = 0;
};

// Ends where another stream fails, so that what comes before that place is used first. Whoever sees
// the end asks whether it is one.
class EndingStream final : public ByteStream {
 public:
  explicit EndingStream(std::unique_ptr<ByteStream> bytes) : bytes_(std::move(bytes)) {}
  std::size_t read(char* to, std::size_t size) override;
  // Throws what the stream failed with.
  void check_end() const;

 private:
  std::unique_ptr<ByteStream> bytes_;
  std::exception_ptr failure_;
};

// Reads until `size` bytes are there or the stream ends; returns how many there are.
std::size_t read_fully(ByteStream& bytes, char* to, std::size_t size);

}  // namespace cdh::csv
