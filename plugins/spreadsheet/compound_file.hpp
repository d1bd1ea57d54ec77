// The container of old Office files: streams in chains of sectors ([MS-CFB], the same for versions
// 3 and 4). Read whole into memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "binary_view.hpp"

namespace cdh::spreadsheet {

class CompoundFile {
 public:
  // `bytes` is the whole file. Throws PluginError(data), naming `place`, when it is damaged.
  CompoundFile(std::string bytes, std::string place);
  CompoundFile(const CompoundFile&) = delete;
  CompoundFile& operator=(const CompoundFile&) = delete;

  bool contains(std::string_view name) const { return find(name) != nullptr; }
  // A stream's content; nothing when there is none of that name. A stream that is shorter than it
  // says fails.
  std::optional<std::string> read(std::string_view name) const;

 private:
  struct Entry {
    std::string name;  // ASCII; other characters as '?'
    std::uint8_t type = 0;
    std::uint32_t first_sector = 0;
    std::uint64_t size = 0;
  };
  const Entry* find(std::string_view name) const;
  void read_sector_table();
  void read_directory();
  std::string_view sector(std::uint32_t number) const;
  // Follows a chain to its end, or until `size` bytes are there.
  std::string chain(std::uint32_t first, std::uint64_t size) const;
  std::string small_chain(std::uint32_t first, std::uint64_t size) const;

  const std::string bytes_;
  const std::string place_;
  const BinaryView view_;
  std::size_t sector_shift_ = 9;
  std::uint32_t small_stream_limit_ = 4096;
  std::vector<std::uint32_t> next_sector_, next_small_sector_;
  std::vector<Entry> entries_;
  std::string small_sectors_;
};

}  // namespace cdh::spreadsheet
