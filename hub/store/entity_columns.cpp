#include "hub/store/entity_columns.hpp"

#include <cstdlib>
#include <utility>

#include "hub/store/record_reader.hpp"
#include "hub/store/schema.hpp"

namespace cdh {

namespace {

std::vector<std::string> field_columns(EntityId id) {
  std::vector<std::string> columns;
  for (const FieldSpec& field : entity(id).fields) columns.emplace_back(field.name);
  return columns;
}

}  // namespace

std::vector<std::string> profile_columns() {
  std::vector<std::string> columns = {"id",           "uuid",        "party_type",  "display_name",
                                      "record_count", "created_run", "changed_run", "fingerprint"};
  for (const EntityId id : {known_entities().person, known_entities().organization}) {
    for (std::string& column : field_columns(id)) columns.push_back(std::move(column));
  }
  columns.insert(columns.end(), {"ext", "lineage"});
  return columns;
}

std::vector<std::string> entity_columns(EntityId id) {
  const EntitySpec& spec = entity(id);
  std::vector<std::string> columns;
  if (spec.role == EntityRole::contact) {
    columns = {"profile_id", "position"};
  } else {
    columns = {"id"};
    for (const RefSpec& ref : spec.refs) columns.push_back(std::string(ref.name) + "_id");
  }
  for (std::string& column : field_columns(id)) columns.push_back(std::move(column));
  if (spec.role == EntityRole::contact) {
    columns.emplace_back("party_id");
    if (id == known_entities().postal_address) columns.emplace_back("home");
  } else {
    columns.insert(columns.end(), {"source_updated_at", "ext"});
  }
  return columns;
}

void add_fields(BulkInsert& row, EntityId id, const std::vector<MappedField>& fields) {
  auto next = fields.begin();
  const auto specs = entity(id).fields;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (next == fields.end() || next->field != i) {
      row.add_null();
      continue;
    }
    const std::string& text = next->text;
    ++next;
    if (text.empty()) {
      row.add_null();
    } else if (is_text_column(specs[i].kind)) {
      row.add(std::string_view(text));
    } else if (is_decimal(specs[i].kind)) {
      row.add(amount_from_text(text));
    } else if (specs[i].kind == FieldKind::boolean) {
      row.add(std::int64_t{text == "true" ? 1 : 0});
    } else {
      row.add(std::int64_t{std::strtoll(text.c_str(), nullptr, 10)});
    }
  }
}

std::string selected_fields(const EntitySpec& spec, std::string_view table) {
  std::string columns;
  for (const FieldSpec& field : spec.fields) {
    columns.append(", ").append(table).append(".").append(field.name);
  }
  return columns;
}

std::string field_text(const Cursor& row, int column, FieldKind kind) {
  if (is_decimal(kind)) return amount_to_text(row.integer(column));
  if (kind == FieldKind::boolean) return row.integer(column) != 0 ? "true" : "false";
  return std::string(row.text(column));
}

}  // namespace cdh
