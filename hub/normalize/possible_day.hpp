// Days that cannot be what they are said to be: a birth in 2999, a company of the year 1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hub/model/entity.hpp"

namespace cdh {

// Why the field cannot have this canonical value; empty when it can, and for fields of other kinds
// and without an earliest year. Of a later day than today it ends with kYetToCome. `today`: days
// since 1970-01-01, as day_in() gives them.
//
//     fault_of_day(birth_date, "2999-05-01", today)   "\"2999-05-01\" is yet to come"
std::string fault_of_day(const FieldSpec& field, std::string_view day, std::int64_t today);

}  // namespace cdh
