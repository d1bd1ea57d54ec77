#include "hub/ingest/field_value.hpp"

#include "hub/base/text.hpp"
#include "hub/normalize/placeholder.hpp"
#include "hub/normalize/possible_day.hpp"

namespace cdh {

namespace {

// Kinds whose value must be of the kind: a date that is none cannot be stored as one. E-mails,
// phones and identifiers are kept as given, and then have no canonical form.
bool is_strict(FieldKind kind) {
  switch (kind) {
    case FieldKind::date:
    case FieldKind::instant:
    case FieldKind::integer:
    case FieldKind::amount:
    case FieldKind::number:
    case FieldKind::boolean:
    case FieldKind::country:
    case FieldKind::currency:
      return true;
    default:
      return false;
  }
}

// Other text, and values of the right kind, are kept even where matching passes over them.
bool is_as_good_as_blank(FieldKind kind, const FieldResult& result, const Value& value) {
  switch (kind) {
    case FieldKind::person_name:
    case FieldKind::full_name:
    case FieldKind::org_name:
    case FieldKind::email:
    case FieldKind::phone:
      return result.problem.empty() && says_nothing(result.text);
    default:
      return is_strict(kind) && !result.problem.empty() && is_placeholder(kind, to_text(value));
  }
}

}  // namespace

FieldResult field_value(const FieldSpec& field, const Value& value, const FieldContext& context,
                        std::int64_t today) {
  FieldResult result = normalize_field(field.kind, value, context);
  if (is_as_good_as_blank(field.kind, result, value)) return {};
  if (!result.problem.empty() && field.kind == FieldKind::gender) return {};
  if (std::string fault = fault_of_day(field, result.text, today); !fault.empty()) {
    if (is_placeholder(field.kind, result.text)) return {};
    return {{}, std::move(fault)};
  }
  return result;
}

std::string trimmed_text(const Value& value) {
  if (value.type == ValueType::text) return std::string(trim(value.text));
  return to_text(value);
}

}  // namespace cdh
