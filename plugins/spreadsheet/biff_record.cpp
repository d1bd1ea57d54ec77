#include "biff_record.hpp"

#include <algorithm>

namespace cdh::spreadsheet {
namespace {

constexpr std::uint8_t kWide = 0x01, kPhonetic = 0x04, kRich = 0x08;

}  // namespace

BiffRecord biff_record(const BinaryView& stream, std::size_t at) {
  return {static_cast<BiffType>(stream.u16(at)), at, stream.part(at + 4, stream.u16(at + 2))};
}

BiffReader::BiffReader(const BinaryView& stream, const BiffRecord& first, std::size_t skip)
    : stream_(stream), record_(first), at_(skip) {}

// False, and nothing changed, when the current record is not at its end.
bool BiffReader::open_next() {
  if (at_ < record_.data.size()) return false;
  record_ = biff_record(stream_, record_.end());
  if (record_.type != BiffType::continuation) stream_.fail_damaged();
  at_ = 0;
  return true;
}

std::uint8_t BiffReader::u8() {
  while (open_next()) {
  }
  return record_.data.u8(at_++);
}

std::uint16_t BiffReader::u16() {
  const std::uint32_t low = u8();
  return static_cast<std::uint16_t>(low | std::uint32_t{u8()} << 8);
}

std::uint32_t BiffReader::u32() {
  const std::uint32_t low = u16();
  return low | std::uint32_t{u16()} << 16;
}

void BiffReader::skip(std::size_t size) {
  while (size > 0) {
    while (open_next()) {
    }
    const std::size_t step = std::min(size, record_.data.size() - at_);
    at_ += step;
    size -= step;
  }
}

std::string BiffReader::characters(std::size_t count, bool wide) {
  std::string out;
  std::uint32_t high = 0;  // the first half of a surrogate pair
  for (; count > 0; --count) {
    while (open_next()) wide = (record_.data.u8(at_++) & kWide) != 0;
    const std::uint32_t unit = wide ? record_.data.u16(at_) : record_.data.u8(at_);
    at_ += wide ? 2 : 1;
    if (high != 0 && unit >= 0xDC00 && unit <= 0xDFFF) {
      append_utf8(out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
      high = 0;
      continue;
    }
    if (high != 0) append_utf8(out, high);
    high = unit >= 0xD800 && unit <= 0xDBFF ? unit : 0;
    if (high == 0) append_utf8(out, unit);
  }
  if (high != 0) append_utf8(out, high);
  return out;
}

std::string BiffReader::string() {
  const std::size_t count = u16();
  const std::uint8_t flags = u8();
  const std::size_t runs = (flags & kRich) != 0 ? u16() : 0;
  const std::size_t phonetic = (flags & kPhonetic) != 0 ? u32() : 0;
  std::string text = characters(count, (flags & kWide) != 0);
  skip(runs * 4 + phonetic);
  return text;
}

}  // namespace cdh::spreadsheet
