#include "tests/generator/spreadsheet.hpp"

#include <utility>

namespace cdh::generator {

Cell text_cell(std::string text) {
  if (text.empty()) return {};
  return {Cell::Kind::text, std::move(text), 0};
}

Cell number_cell(std::string digits) { return {Cell::Kind::number, std::move(digits), 0}; }

Cell date_cell(std::int64_t days) { return {Cell::Kind::date, {}, days}; }

}  // namespace cdh::generator
