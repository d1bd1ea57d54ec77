// A source record exactly as its connector gave it, before any transform, in a form to keep: a
// JSON array of its values in the order of its fields. Text, booleans and null are themselves,
// numbers are integers, or doubles with a point or exponent; every other type is an object of one
// member named for it, such as {"date":20779} (days), {"decimal":"1.50"}, {"base64":"..."}; so is a
// double that JSON has no number for, {"real":"nan"}. Text that is not UTF-8 is kept as bytes. Of a
// record that has few of the fields only these count: {"absent":n} stands for n absent values in a
// row, and none follow the last that is there. (An older form has {"absent":0} for each.) Where the
// values alone lose something of what the source wrote, its text comes last, as {"raw":"..."}, or
// {"raw_base64":"..."} when it is not UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "hub/model/value.hpp"

namespace cdh {

// Appends the record's values to `out`, and its own text when that is not empty. Absent values at the
// end do not come back.
void append_raw_json(const std::vector<Value>& values, std::string& out, std::string_view raw = {});

// The values of a stored raw record; owns their text.
class RawRecord {
 public:
  // Throws Error(store) when the text is not what append_raw_json writes, or holds more values than
  // kMaxValues.
  static RawRecord parse(std::string_view json);
  static constexpr std::size_t kMaxValues = std::size_t{1} << 20;

  const std::vector<Value>& values() const { return values_; }
  std::string_view raw() const { return raw_; }  // empty: none was kept

  RawRecord(RawRecord&&) = default;
  RawRecord& operator=(RawRecord&&) = default;

 private:
  RawRecord() = default;
  std::vector<std::string> texts_;
  std::vector<Value> values_;
  std::string_view raw_;
};

}  // namespace cdh
