// Numbers and texts as bytes, for what is kept in bulk and read by this program alone.
//
//     ByteWriter out;
//     out.number(300);
//     out.text("anna");
//     ByteReader in(out.bytes(), "the list of names is damaged; make it anew");
//     in.number();  // 300
//     in.text();    // "anna"
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cdh {

class ByteWriter {
 public:
  // Seven bits a byte, the lowest first (LEB128): small numbers are short.
  void number(std::uint64_t value);
  // Eight bytes, the lowest first: for hashes.
  void whole(std::uint64_t value);
  // Its size, and itself.
  void text(std::string_view text);

  std::string_view bytes() const { return bytes_; }
  std::size_t size() const { return bytes_.size(); }
  void clear() { bytes_.clear(); }

 private:
  std::string bytes_;
};

// Throws Error(store) where the bytes end too early or a number does not fit.
class ByteReader {
 public:
  // The bytes outlive the reader, and the texts that it returns. `damage` is what the error says: of
  // what these bytes are, and what to do. It lives as long as the program.
  ByteReader(std::string_view bytes, const char* damage) : rest_(bytes), damage_(damage) {}

  std::uint64_t number();
  std::uint64_t whole();
  std::string_view text();
  void skip_numbers(std::uint64_t count);
  // A number of things that take a byte each at least: never more than there are bytes.
  std::size_t count();
  bool at_end() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

 private:
  [[noreturn]] void fail() const;

  std::string_view rest_;
  const char* damage_;
};

}  // namespace cdh
