#include "compound_file.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace cdh::spreadsheet {
namespace {

constexpr std::uint32_t kLastSector = 0xFFFFFFFA;  // higher numbers end a chain or are unused
constexpr std::size_t kSmallSectorShift = 6;
constexpr std::size_t kEntrySize = 128;
constexpr std::size_t kHeaderTableEntries = 109;
constexpr std::uint8_t kStream = 2, kRoot = 5;
constexpr std::uint64_t kToTheEnd = std::numeric_limits<std::uint64_t>::max();

std::vector<std::uint32_t> numbers(std::string_view bytes, const std::string& place) {
  const BinaryView view(bytes, place);
  std::vector<std::uint32_t> out(bytes.size() / 4);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = view.u32(4 * i);
  return out;
}

}  // namespace

CompoundFile::CompoundFile(std::string bytes, std::string place)
    : bytes_(std::move(bytes)), place_(std::move(place)), view_(bytes_, place_) {
  sector_shift_ = view_.u16(30);
  small_stream_limit_ = view_.u32(56);
  if (sector_shift_ != 9 && sector_shift_ != 12) view_.fail_damaged();
  read_sector_table();
  read_directory();
}

// The table of all chains, itself spread over sectors that the header and further sectors list.
void CompoundFile::read_sector_table() {
  const std::size_t per_sector = (std::size_t{1} << sector_shift_) / 4;
  const std::size_t max_sectors = bytes_.size() >> sector_shift_;
  const std::uint32_t table_sectors = view_.u32(44);
  if (table_sectors > max_sectors) view_.fail_damaged();
  std::vector<std::uint32_t> listed = numbers(view_.bytes(76, kHeaderTableEntries * 4), place_);
  std::uint32_t next = view_.u32(68);
  for (std::size_t hops = 0; next <= kLastSector && listed.size() < table_sectors; ++hops) {
    if (hops > max_sectors) view_.fail_damaged();
    std::vector<std::uint32_t> more = numbers(sector(next), place_);
    if (more.size() < per_sector) view_.fail_damaged();
    next = more.back();
    listed.insert(listed.end(), more.begin(), more.end() - 1);
  }
  if (listed.size() < table_sectors) view_.fail_damaged();
  for (std::uint32_t i = 0; i < table_sectors; ++i) {
    const std::vector<std::uint32_t> part = numbers(sector(listed[i]), place_);
    next_sector_.insert(next_sector_.end(), part.begin(), part.end());
  }
}

void CompoundFile::read_directory() {
  const std::string directory = chain(view_.u32(48), kToTheEnd);
  const BinaryView view(directory, place_);
  for (std::size_t at = 0; at + kEntrySize <= directory.size(); at += kEntrySize) {
    Entry entry;
    const std::size_t name_bytes = std::min<std::size_t>(view.u16(at + 64), 64);
    for (std::size_t i = 0; i + 2 < name_bytes; i += 2) {
      const std::uint16_t unit = view.u16(at + i);
      entry.name.push_back(unit < 0x80 ? static_cast<char>(unit) : '?');
    }
    entry.type = view.u8(at + 66);
    entry.first_sector = view.u32(at + 116);
    entry.size = sector_shift_ == 9 ? view.u32(at + 120) : view.u64(at + 120);
    entries_.push_back(std::move(entry));
  }
  next_small_sector_ = numbers(chain(view_.u32(60), kToTheEnd), place_);
  for (const Entry& entry : entries_) {
    if (entry.type == kRoot) small_sectors_ = chain(entry.first_sector, entry.size);
  }
}

// The last sector of a file may be short.
std::string_view CompoundFile::sector(std::uint32_t number) const {
  const std::uint64_t at = (std::uint64_t{number} + 1) << sector_shift_;
  if (at >= bytes_.size()) view_.fail_damaged();
  return std::string_view(bytes_).substr(at, std::size_t{1} << sector_shift_);
}

std::string CompoundFile::chain(std::uint32_t first, std::uint64_t size) const {
  std::string out;
  while (first <= kLastSector && out.size() < size) {
    out.append(sector(first));
    if (first >= next_sector_.size() || out.size() > bytes_.size()) view_.fail_damaged();
    first = next_sector_[first];
  }
  if (size != kToTheEnd) {
    if (out.size() < size) view_.fail_damaged();
    out.resize(size);
  }
  return out;
}

std::string CompoundFile::small_chain(std::uint32_t first, std::uint64_t size) const {
  const BinaryView sectors(small_sectors_, place_);
  std::string out;
  while (out.size() < size) {
    if (first >= next_small_sector_.size()) view_.fail_damaged();
    const std::size_t at = std::size_t{first} << kSmallSectorShift;
    const std::size_t wanted =
        std::min<std::size_t>(std::size_t{1} << kSmallSectorShift, size - out.size());
    out.append(sectors.bytes(at, wanted));
    first = next_small_sector_[first];
  }
  return out;
}

const CompoundFile::Entry* CompoundFile::find(std::string_view name) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.type == kStream && entry.name == name;
  });
  return found == entries_.end() ? nullptr : &*found;
}

std::optional<std::string> CompoundFile::read(std::string_view name) const {
  const Entry* entry = find(name);
  if (entry == nullptr) return std::nullopt;
  if (entry->size > bytes_.size()) view_.fail_damaged();
  return entry->size < small_stream_limit_ ? small_chain(entry->first_sector, entry->size)
                                           : chain(entry->first_sector, entry->size);
}

}  // namespace cdh::spreadsheet
