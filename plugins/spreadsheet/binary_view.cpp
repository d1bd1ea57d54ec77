#include "binary_view.hpp"

#include <cstring>

#include <cdh/plugin.hpp>

namespace cdh::spreadsheet {

std::uint64_t BinaryView::number(std::size_t at, std::size_t size) const {
  const std::string_view digits = bytes(at, size);
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(digits[i]);
  return value;
}

double BinaryView::real(std::size_t at) const {
  const std::uint64_t bits = u64(at);
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

std::string_view BinaryView::bytes(std::size_t at, std::size_t size) const {
  if (at > bytes_.size() || size > bytes_.size() - at) fail_damaged();
  return bytes_.substr(at, size);
}

void BinaryView::fail_damaged() const {
  fail_data(*place_ + ": is damaged or cut off; fetch it again, or save it as XLSX");
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto byte = [&](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
  if (code >= 0xD800 && code <= 0xDFFF) code = 0xFFFD;
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | code >> 6);
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3F));
    byte(0x80 | (code >> 6 & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

}  // namespace cdh::spreadsheet
