// How the fields of entities stand in the columns of their tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/model/entity.hpp"
#include "hub/model/mapped_record.hpp"
#include "hub/store/database.hpp"

namespace cdh {

// The columns of the table of profiles, and of that of a contact or an event.
std::vector<std::string> profile_columns();
std::vector<std::string> entity_columns(EntityId entity);

// The fields, which ascend, as columns in the order of the entity's declaration; those that are not
// there are null.
void add_fields(BulkInsert& row, EntityId entity, const std::vector<MappedField>& fields);

// ", c.value, c.type": the columns of an entity's fields in a SELECT from this table.
std::string selected_fields(const EntitySpec& spec, std::string_view table);
// Of such a column, which is not null, the field's text.
std::string field_text(const Cursor& row, int column, FieldKind kind);

}  // namespace cdh
