#include "hub/plugin_host/boundary_view.hpp"

#include <string>

namespace cdh {

std::vector<Column> columns_of(const cdh_schema& schema) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < schema.field_count; ++i) {
    const cdh_field& field = item_at(schema.fields, schema.field_stride, i);
    const bool known = field.type <= CDH_JSON;
    columns.push_back({std::string(view(field.name)),
                       known ? static_cast<ValueType>(field.type) : ValueType::text});
  }
  return columns;
}

}  // namespace cdh
