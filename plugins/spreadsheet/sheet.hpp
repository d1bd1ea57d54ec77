// What every file format offers: a workbook of sheets, each read row by row.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "cell.hpp"

namespace cdh::spreadsheet {

// Settings that concern the reading of a file, for all formats alike.
struct ReadOptions {
  std::uint64_t max_unpacked_bytes = std::uint64_t{2048} << 20;
  std::uint32_t max_cells_per_row = 4096;
  bool fill_merged = false;
  const std::atomic<bool>* cancelled = nullptr;  // when it turns true, reading throws
};

// No cell holds more text than this. (Excel stops at 32,767 characters.)
inline constexpr std::size_t kMaxCellText = std::size_t{1} << 20;

// Cells of one kind that deserve a word to the administrator: how many, and where the first stands.
struct CellNotice {
  std::uint64_t count = 0;
  std::string first;  // "C12"

  void note(std::uint64_t row, std::uint32_t column);
};

// For messages: "has a cell in column FF, row 7, beyond the 4096 ...".
std::string too_wide(std::uint64_t row, std::uint32_t column, const ReadOptions& options);

// One pass over a sheet. Owns what it reads from. Failures are PluginError(data), naming file and
// part: a file that is cut off fails, it never just ends.
class SheetReader {
 public:
  virtual ~SheetReader() = default;
  // The next row that holds anything; false at the end of the sheet. Row numbers rise. To be given
  // the same row each time, unchanged.
  virtual bool next(SheetRow& row) = 0;

  CellNotice errors;      // cells that hold an error such as #N/A; they read as null
  CellNotice uncomputed;  // formulas without a stored result; they read as absent
};

struct SheetInfo {
  std::string name;
  bool hidden = false;
};

class Workbook {
 public:
  virtual ~Workbook() = default;
  virtual const std::vector<SheetInfo>& sheets() const = 0;
  // Begins a pass over sheets()[index]. The reader may outlive the workbook.
  virtual std::unique_ptr<SheetReader> open(std::size_t index) = 0;
};

}  // namespace cdh::spreadsheet
