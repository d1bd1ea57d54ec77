#include "hub/base/bytes.hpp"

#include "hub/base/error.hpp"

namespace cdh {

void ByteWriter::number(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<char>(value | 0x80));
  bytes_.push_back(static_cast<char>(value));
}

void ByteWriter::whole(std::uint64_t value) {
  for (int i = 0; i < 8; ++i, value >>= 8) bytes_.push_back(static_cast<char>(value));
}

void ByteWriter::text(std::string_view text) {
  number(text.size());
  bytes_ += text;
}

void ByteReader::fail() const { throw Error(ErrorKind::store, damage_); }

std::uint64_t ByteReader::number() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (rest_.empty()) fail();
    const auto byte = static_cast<unsigned char>(rest_.front());
    constexpr int kLast = 63;
    if (shift == kLast && byte > 1) fail();
    rest_.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7fU} << shift;
    if (byte < 0x80) return value;
  }
  fail();
}

std::uint64_t ByteReader::whole() {
  constexpr std::size_t kSize = 8;
  if (rest_.size() < kSize) fail();
  std::uint64_t value = 0;
  for (std::size_t i = kSize; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(rest_[i]);
  }
  rest_.remove_prefix(kSize);
  return value;
}

std::string_view ByteReader::text() {
  const std::size_t size = count();
  const std::string_view text = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return text;
}

void ByteReader::skip_numbers(std::uint64_t count) {
  for (; count > 0; --count) number();
}

std::size_t ByteReader::count() {
  const std::uint64_t count = number();
  if (count > rest_.size()) fail();
  return static_cast<std::size_t>(count);
}

}  // namespace cdh
