#include "column_types.hpp"

#include <algorithm>
#include <cstddef>

namespace cdh::spreadsheet {
namespace {

constexpr std::size_t kSampleRows = 100;

bool says_nothing(cdh_type type) { return type == CDH_ABSENT || type == CDH_NULL; }

bool is_pair(cdh_type a, cdh_type b, cdh_type one, cdh_type other) {
  return (a == one && b == other) || (a == other && b == one);
}

}  // namespace

cdh_type covering_type(cdh_type a, cdh_type b) {
  if (a == b || says_nothing(b)) return a;
  if (says_nothing(a)) return b;
  if (is_pair(a, b, CDH_INTEGER, CDH_DECIMAL)) return CDH_DECIMAL;
  if (is_pair(a, b, CDH_DATE, CDH_LOCAL_TIME)) return CDH_LOCAL_TIME;
  return CDH_TEXT;
}

std::vector<Field> sample_columns(TableReader& table) {
  std::vector<cdh_type> types;
  for (std::size_t rows = 0; rows < kSampleRows;) {
    BatchBuilder batch(kSampleRows - rows);
    if (!table.fill(batch)) break;
    const std::size_t width = batch.schema().size();
    types.resize(width, CDH_NULL);
    for (std::size_t i = 0; i < batch.values().size(); ++i) {
      cdh_type& type = types[i % width];
      type = covering_type(type, static_cast<cdh_type>(batch.values()[i].type));
    }
    rows += batch.size();
  }
  std::vector<Field> fields = table.schema().fields();
  types.resize(fields.size(), CDH_NULL);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    fields[i].type = says_nothing(types[i]) ? CDH_TEXT : types[i];
  }
  return fields;
}

void merge_columns(std::vector<Field>& into, const std::vector<Field>& more) {
  for (const Field& field : more) {
    const auto known = std::find_if(into.begin(), into.end(),
                                    [&](const Field& other) { return other.name == field.name; });
    if (known == into.end()) {
      into.push_back(field);
    } else {
      known->type = covering_type(known->type, field.type);
    }
  }
}

}  // namespace cdh::spreadsheet
