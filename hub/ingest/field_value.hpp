// What a source's value says in one field of the model, if it says anything.
#pragma once

#include <cstdint>
#include <string>

#include "hub/model/entity.hpp"
#include "hub/model/value.hpp"
#include "hub/normalize/field.hpp"

namespace cdh {

// As normalize_field, and besides:
// - What stands where nothing is known is blank: "n/a" as a name, an amount or a date, 0000-00-00
//   and 9999-12-31 as a day that its field cannot be. It stays in the raw record.
// - A day that the field cannot be is a problem, see fault_of_day.
// - So is not a gender that nobody knows: it is blank.
// `today`: days since 1970-01-01. Throws as normalize_field. Any thread.
FieldResult field_value(const FieldSpec& field, const Value& value, const FieldContext& context,
                        std::int64_t today);

// As to_text(), and text without blanks at its ends.
std::string trimmed_text(const Value& value);

}  // namespace cdh
