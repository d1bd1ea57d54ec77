#include "hub/app/table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iostream>

#include <unistd.h>

#include "hub/base/csv.hpp"
#include "hub/base/text.hpp"

namespace cdh {

namespace {

constexpr std::size_t kWidestCell = 60;

// One code point from the front of UTF-8; malformed bytes count one by one.
char32_t take_point(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80    ? 1
                             : lead >= 0xF0 ? 4
                             : lead >= 0xE0 ? 3
                             : lead >= 0xC0 ? 2
                                            : 1;
  char32_t point = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length && i < text.size(); ++i) {
    point = point << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  text.remove_prefix(std::min(length, text.size()));
  return point;
}

// After Unicode's East Asian Width: the blocks that terminals draw two columns wide.
std::size_t width_of(char32_t point) {
  if (point >= 0x0300 && point <= 0x036F) return 0;
  const bool wide = (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) ||
                    (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
                    (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) ||
                    (point >= 0x1F300 && point <= 0x1FAFF) ||
                    (point >= 0x20000 && point <= 0x3FFFD);
  return wide ? 2 : 1;
}

std::string cell_text(const nlohmann::json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_number_float()) return value.dump();
  std::array<char, 32> digits{};  // the fewest that say it; JSON's are now and then more
  const auto end = std::to_chars(digits.begin(), digits.end(), value.get<double>()).ptr;
  return {digits.begin(), end};
}

// Only a terminal has an edge: who reads a pipe wants the whole of it, though still on one line.
std::string one_line(const std::string& text, bool for_terminal) {
  std::string line = printable_line(text);
  if (!for_terminal || display_width(line) <= kWidestCell) return line;
  std::string_view rest = line;
  std::size_t width = 0;
  while (!rest.empty()) {
    std::string_view next = rest;
    width += width_of(take_point(next));
    if (width > kWidestCell - 1) break;
    rest = next;
  }
  return line.substr(0, line.size() - rest.size()) + "…";
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) width += width_of(take_point(text));
  return width;
}

void Table::print(std::ostream& out, Format format) const {
  if (format == Format::table) return print_table(out);
  if (format == Format::csv) return print_csv(out);
  nlohmann::ordered_json array = nlohmann::ordered_json::array();
  for (const auto& row : rows_) {
    nlohmann::ordered_json object;
    for (std::size_t i = 0; i < columns_.size(); ++i) object[columns_[i]] = row[i];
    array.push_back(std::move(object));
  }
  out << array.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

void Table::print_table(std::ostream& out) const {
  const bool for_terminal = &out == &std::cout && ::isatty(STDOUT_FILENO) == 1;
  std::vector<std::size_t> widths;
  for (const std::string& column : columns_) widths.push_back(display_width(column));
  std::vector<std::vector<std::string>> cells;
  for (const auto& row : rows_) {
    std::vector<std::string>& line = cells.emplace_back();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      line.push_back(one_line(cell_text(row[i]), for_terminal));
      widths[i] = std::max(widths[i], display_width(line.back()));
    }
  }
  const auto print_line = [&](const std::vector<std::string>& line, const auto& is_number) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::string padding(widths[i] - display_width(line[i]), ' ');
      if (i > 0) text += "  ";
      text += is_number(i) ? padding + line[i] : line[i] + padding;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out << text << '\n';
  };
  print_line(columns_, [&](std::size_t i) { return !rows_.empty() && rows_[0][i].is_number(); });
  for (std::size_t r = 0; r < cells.size(); ++r) {
    print_line(cells[r], [&](std::size_t i) { return rows_[r][i].is_number(); });
  }
}

void Table::print_csv(std::ostream& out) const {
  std::string text;
  const auto add = [&](std::string_view field) {
    append_csv_field(field, text);
    text += ',';
  };
  const auto end_line = [&] {
    if (!text.empty()) text.back() = '\n';
    out << text;
    text.clear();
  };
  for (const std::string& column : columns_) add(column);
  end_line();
  for (const auto& row : rows_) {
    for (const nlohmann::json& value : row) add(cell_text(value));
    end_line();
  }
}

}  // namespace cdh
