// The records an XLS workbook consists of ([MS-XLS] 2.1.4), and the strings in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "binary_view.hpp"

namespace cdh::spreadsheet {

enum class BiffType : std::uint16_t {
  formula = 0x0006,
  end_of_file = 0x000A,
  date_mode = 0x0022,
  file_pass = 0x002F,
  continuation = 0x003C,
  bound_sheet = 0x0085,
  multiple_rk = 0x00BD,
  rich_string = 0x00D6,
  extended_format = 0x00E0,
  merged_cells = 0x00E5,
  shared_strings = 0x00FC,
  label_shared = 0x00FD,
  number = 0x0203,
  label = 0x0204,
  bool_or_error = 0x0205,
  string = 0x0207,
  rk = 0x027E,
  format = 0x041E,
  beginning = 0x0809,
};

// One record and where it stands in its stream.
struct BiffRecord {
  BiffType type;
  std::size_t at;
  BinaryView data;

  std::size_t end() const { return at + 4 + data.size(); }
};

// The record at `at`. Throws PluginError(data) at the end of the stream: one that ends without an
// end-of-file record was cut off.
BiffRecord biff_record(const BinaryView& stream, std::size_t at);

// Reads on across continuation records.
class BiffReader {
 public:
  // Begins `skip` bytes into the data of `first`.
  BiffReader(const BinaryView& stream, const BiffRecord& first, std::size_t skip);

  std::uint8_t u8();
  std::uint16_t u16();
  std::uint32_t u32();
  void skip(std::size_t size);
  // Characters of a string whose flags were read: bytes when `wide` is false, else UTF-16. A
  // continuation inside of them begins with new flags.
  std::string characters(std::size_t count, bool wide);
  // Count (16 bits), flags, characters; formatting runs and phonetic data are passed over.
  std::string string();

 private:
  bool open_next();

  const BinaryView stream_;
  BiffRecord record_;
  std::size_t at_;
};

}  // namespace cdh::spreadsheet
