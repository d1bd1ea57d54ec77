// Addresses as people write them: C12, B3:H200. Columns count from 0, rows from 1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cdh::spreadsheet {

inline constexpr std::uint32_t kNoColumnLimit = UINT32_MAX;
inline constexpr std::uint64_t kNoRowLimit = UINT64_MAX;

// The largest row number that any format can hold (LibreOffice's jumbo sheets); a higher one is an
// attack or damage.
inline constexpr std::uint64_t kMaxRow = 1u << 24;

// 0 is A, 26 is AA.
std::string column_name(std::uint32_t column);
std::string cell_name(std::uint64_t row, std::uint32_t column);

struct CellAddress {
  std::uint64_t row = 0;
  std::uint32_t column = 0;
};
// "C12" or "$C$12"; nothing when it is not an address.
std::optional<CellAddress> parse_address(std::string_view text);

// Both ends belong to it.
struct CellRange {
  std::uint64_t first_row = 1, last_row = kNoRowLimit;
  std::uint32_t first_column = 0, last_column = kNoColumnLimit;

  bool has_column(std::uint32_t column) const {
    return column >= first_column && column <= last_column;
  }
};
// "B3:H200"; also "B3:H" and "B:H", open below, and a single "B3". Nothing when it is no range.
std::optional<CellRange> parse_range(std::string_view text);

}  // namespace cdh::spreadsheet
