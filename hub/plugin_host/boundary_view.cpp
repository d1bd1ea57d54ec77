#include "hub/plugin_host/boundary_view.hpp"

#include "hub/base/error.hpp"

namespace cdh {

void fail_contract(const std::string& what) {
  throw Error(ErrorKind::plugin, "the plugin broke the boundary's contract: " + what);
}

void check_schema(const cdh_schema& schema) {
  if (!CDH_COVERS(&schema, fields)) fail_contract("a schema shorter than version 0.1 defines");
  if (schema.field_count == 0) return;
  if (schema.fields == nullptr) fail_contract("a schema without its fields");
  if (!stride_covers(schema.field_stride, &cdh_field::type)) fail_contract("fields too short");
}

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
