// Which marks a source puts into its numbers, where a number's text does not tell.
#pragma once

#include <optional>
#include <string_view>

namespace cdh {

// What one mark before exactly three digits does: "2,500" is 2500 or 2.5, "2.500" likewise. By
// default as programs write: the point is decimal.
struct NumberMarks {
  bool comma_parts_thousands = true;
  bool point_parts_thousands = false;
  friend bool operator==(const NumberMarks&, const NumberMarks&) = default;
};

// As in hub.yaml: "comma", "point": the decimal mark; the other one parts thousands.
std::optional<NumberMarks> number_marks_from_name(std::string_view decimal);

// As is usual in a country (ISO 3166-1 alpha-2), by the CLDR of ICU. Where the comma is decimal, a
// point parts thousands only if people there write it so (DE), and is decimal too if they part
// thousands by a blank (PL): only programs write it there. The default when not known. Reads
// ICU's data: ask once a stream, not once a value.
NumberMarks number_marks_of(std::string_view country);

}  // namespace cdh
