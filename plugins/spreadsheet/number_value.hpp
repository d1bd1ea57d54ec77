// Numbers as files write them, turned into cell values without loss and without noise.
#pragma once

#include <string_view>

#include "cell.hpp"
#include "date_value.hpp"
#include "number_format.hpp"

namespace cdh::spreadsheet {

// Whole numbers become integers (3.5391555E10 too), others decimals in their shortest form: Excel
// writes 0.1 as 0.10000000000000001. What is no number at all is kept as text.
void set_number(Cell& cell, std::string_view text);

// The same under a number format: dates, times and zero-padded identifiers.
void set_formatted_number(Cell& cell, std::string_view text, NumberFormat format, Epoch epoch);

void set_formatted_number(Cell& cell, double number, NumberFormat format, Epoch epoch);

}  // namespace cdh::spreadsheet
