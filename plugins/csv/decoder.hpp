// Turns the bytes of any encoding that ICU knows into UTF-8, and remembers which bytes a line of
// text came from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <unicode/ucnv.h>

#include "byte_stream.hpp"

namespace cdh::csv {

// Bytes that are wrong in the encoding become the byte FF, which no UTF-8 has.
class Decoder {
 public:
  // Takes `first`, then what is left of `bytes`, which it borrows. Throws PluginError(config) when
  // ICU does not know the encoding.
  Decoder(const std::string& encoding, ByteStream& bytes, std::string first);

  // Fills up to `size` (at least 64) bytes of UTF-8; 0 at the end.
  std::size_t read(char* to, std::size_t size);

  // The source's bytes behind the text from `begin` to `end`, counted from the first byte of text
  // given out. Exact where both are line starts or line ends, else rounded down to one, or to the
  // boundary of a conversion step: pieces in a row always give all bytes once. Valid until the
  // next read or forget.
  std::string_view raw(std::uint64_t begin, std::uint64_t end) const;
  // The bytes behind text before `offset` are no longer needed.
  void forget(std::uint64_t offset);

 private:
  struct Mark {
    std::uint64_t text, raw;
  };
  // One step: converts what fits into units_. Returns the number of units; 0 at the end.
  std::size_t convert(std::size_t room);
  void append_utf8(std::size_t count, char*& to);
  std::uint64_t raw_offset(std::uint64_t text) const;

  ByteStream& bytes_;
  std::unique_ptr<UConverter, decltype(&ucnv_close)> converter_;
  std::string raw_;              // bytes read and not forgotten
  std::uint64_t raw_begin_ = 0;  // offset of raw_'s first byte
  std::size_t converted_ = 0;    // of raw_
  std::size_t step_begin_ = 0;   // of raw_: where the last step began
  bool at_end_ = false;
  std::vector<char16_t> units_;
  std::vector<std::int32_t> offsets_;  // of each unit, from step_begin_
  char16_t high_surrogate_ = 0;        // of a pair that two steps share
  std::uint64_t text_ = 0;             // bytes of text given out
  std::vector<Mark> marks_;            // rising in both
};

// The converter for a name, or PluginError(config) that says how to find one.
std::unique_ptr<UConverter, decltype(&ucnv_close)> open_converter(const std::string& encoding);

}  // namespace cdh::csv
