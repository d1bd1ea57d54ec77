// Little-endian numbers out of bytes, never beyond their end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cdh::spreadsheet {

// A view: bytes and place must outlive it. Reading beyond the end throws PluginError(data), which
// says that `place` is damaged or cut off.
class BinaryView {
 public:
  BinaryView(std::string_view bytes, const std::string& place) : bytes_(bytes), place_(&place) {}

  std::size_t size() const { return bytes_.size(); }
  std::uint8_t u8(std::size_t at) const { return static_cast<std::uint8_t>(number(at, 1)); }
  std::uint16_t u16(std::size_t at) const { return static_cast<std::uint16_t>(number(at, 2)); }
  std::uint32_t u32(std::size_t at) const { return static_cast<std::uint32_t>(number(at, 4)); }
  std::uint64_t u64(std::size_t at) const { return number(at, 8); }
  double real(std::size_t at) const;
  std::string_view bytes(std::size_t at, std::size_t size) const;
  BinaryView part(std::size_t at, std::size_t size) const { return {bytes(at, size), *place_}; }

  [[noreturn]] void fail_damaged() const;

 private:
  std::uint64_t number(std::size_t at, std::size_t size) const;

  std::string_view bytes_;
  const std::string* place_;
};

// Appends one character, given by its code point; a lone surrogate becomes U+FFFD.
void append_utf8(std::string& out, std::uint32_t code);

}  // namespace cdh::spreadsheet
