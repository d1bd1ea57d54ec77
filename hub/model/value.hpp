// One value of a source record, as the connector gave it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cdh {

// Numbered as cdh_type in plugin.h; they are stored in no table and cross no other boundary.
enum class ValueType : std::uint8_t {
  absent = 0,
  null = 1,
  boolean = 2,
  integer = 3,
  real = 4,
  decimal = 5,
  text = 6,
  bytes = 7,
  date = 8,
  local_time = 9,
  instant = 10,
  json = 11,
};

// A view: text belongs to the batch the value came from.
struct Value {
  ValueType type = ValueType::absent;
  std::int16_t offset_minutes = 0;  // instant
  std::int64_t integer = 0;         // boolean, integer, date (days), local_time, instant (micros)
  double real = 0;
  std::string_view text;  // decimal, text, bytes, json

  // Nothing is known: absent, null, or text of blanks only.
  bool is_blank() const;
};

Value text_value(std::string_view text);

// The value as plain text, the way a person would write it in a file: dates and instants in ISO
// 8601, booleans as true and false, whole doubles without a fraction. Blank for absent and null.
std::string to_text(const Value& value);

}  // namespace cdh
