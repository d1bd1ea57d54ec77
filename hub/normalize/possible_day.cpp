#include "hub/normalize/possible_day.hpp"

#include "hub/base/time.hpp"
#include "hub/model/refusal.hpp"

namespace cdh {

std::string fault_of_day(const FieldSpec& field, std::string_view day, std::int64_t today) {
  if (field.earliest_year == 0) return {};
  const auto days = parse_date(day);
  if (!days) return {};
  const std::string quoted = "\"" + std::string(day) + "\"";
  if (*days > today) return quoted + " " + std::string(kYetToCome);
  if (civil_from_days(*days).year >= field.earliest_year) return {};
  return quoted + " is too long ago; was the year written with two digits?";
}

}  // namespace cdh
