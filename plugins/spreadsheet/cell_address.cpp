#include "cell_address.hpp"

#include <algorithm>

namespace cdh::spreadsheet {
namespace {

constexpr std::uint32_t kMaxColumn = 1u << 20;

void skip_dollar(std::string_view& text) {
  if (!text.empty() && text.front() == '$') text.remove_prefix(1);
}

// Takes the letters off `text`; nothing when there are none, or too many.
std::optional<std::uint32_t> take_column(std::string_view& text) {
  skip_dollar(text);
  std::uint32_t count = 0;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char letter = static_cast<char>(text[at] & ~0x20);
    if (letter < 'A' || letter > 'Z') break;
    count = count * 26 + static_cast<std::uint32_t>(letter - 'A') + 1;
    if (count > kMaxColumn) return std::nullopt;
  }
  if (at == 0) return std::nullopt;
  text.remove_prefix(at);
  return count - 1;
}

std::optional<std::uint64_t> take_row(std::string_view& text) {
  skip_dollar(text);
  std::uint64_t row = 0;
  std::size_t at = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    row = row * 10 + static_cast<std::uint64_t>(text[at] - '0');
    if (row > kMaxRow) return std::nullopt;
  }
  if (row == 0) return std::nullopt;
  text.remove_prefix(at);
  return row;
}

}  // namespace

std::string column_name(std::uint32_t column) {
  std::string name;
  for (std::uint64_t rest = std::uint64_t{column} + 1; rest > 0; rest = (rest - 1) / 26) {
    name.push_back(static_cast<char>('A' + (rest - 1) % 26));
  }
  std::reverse(name.begin(), name.end());
  return name;
}

std::string cell_name(std::uint64_t row, std::uint32_t column) {
  return column_name(column) + std::to_string(row);
}

std::optional<CellAddress> parse_address(std::string_view text) {
  const auto column = take_column(text);
  if (!column) return std::nullopt;
  const auto row = take_row(text);
  if (!row || !text.empty()) return std::nullopt;
  return CellAddress{*row, *column};
}

std::optional<CellRange> parse_range(std::string_view text) {
  CellRange range;
  const auto first_column = take_column(text);
  if (!first_column) return std::nullopt;
  range.first_column = *first_column;
  if (!text.empty() && text.front() != ':') {
    const auto row = take_row(text);
    if (!row) return std::nullopt;
    range.first_row = *row;
    if (text.empty()) {  // a single cell
      range.last_row = *row;
      range.last_column = *first_column;
      return range;
    }
  }
  if (text.empty() || text.front() != ':') return std::nullopt;
  text.remove_prefix(1);
  const auto last_column = take_column(text);
  if (!last_column || *last_column < range.first_column) return std::nullopt;
  range.last_column = *last_column;
  if (text.empty()) return range;
  const auto last_row = take_row(text);
  if (!last_row || *last_row < range.first_row || !text.empty()) return std::nullopt;
  range.last_row = *last_row;
  return range;
}

}  // namespace cdh::spreadsheet
