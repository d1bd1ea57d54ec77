// What a number format makes of a number: only formats tell a date from a number in XLSX.
#pragma once

#include <cstdint>
#include <string_view>

namespace cdh::spreadsheet {

struct NumberFormat {
  enum class Kind : std::uint8_t {
    number,        // General, 0.00, percent, currency, text
    date,          // a day, perhaps with a time
    time_of_day,   // hours, minutes, seconds without a day
    elapsed_time,  // [h]:mm, which may exceed a day
    padded,        // zeros only, such as 00000: an identifier that was stored as a number
  };
  Kind kind = Kind::number;
  std::uint8_t width = 0;  // padded: digits
};

// A format code as written in the file, in its English form: "dd/mm/yyyy", "[Red]0.00;@", "00000".
// Only its first section (for positive numbers) counts.
NumberFormat classify_format(std::string_view code);

// The formats that files name by number alone (ECMA-376 part 1, 18.8.30, with the East Asian date
// formats 27 to 36 and 50 to 58).
NumberFormat builtin_format(std::uint32_t id);

}  // namespace cdh::spreadsheet
