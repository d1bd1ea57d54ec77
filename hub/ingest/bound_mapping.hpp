// A stream's mapping with the numbers of the columns in place of the fields' names.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/plugin_host/batch.hpp"

namespace cdh {

// Columns that are none: the value is a constant, or no record has the field yet.
inline constexpr int kConstant = -1, kAbsent = -2;

// `column` may be kAbsent: the value is too.
inline Value value_at(const Batch& batch, std::size_t row, int column) {
  return column == kAbsent ? Value{} : batch.value(row, static_cast<std::size_t>(column));
}

// All of it points into the StreamConfig that it was bound from.
struct BoundField {
  FieldId field;
  const FieldSpec* spec;
  int column;
  std::string constant;
  const std::string* source_field;
};

struct BoundContact {
  EntityId entity;
  std::vector<BoundField> fields;
};

struct BoundWhen {
  int column;
  const When* when;
};

struct BoundRef {
  const RefMapping* ref;
  int column;  // of the key; kConstant for an entity of the same record
};

struct BoundExt {
  const std::string* name;
  int column;
  std::string constant;
};

struct BoundEntity {
  const EntityMapping* mapping;
  std::vector<BoundWhen> when;
  std::vector<BoundField> fields;
  std::vector<BoundContact> contacts;
  std::vector<BoundRef> refs;
  std::vector<BoundExt> ext;
};

struct BoundMapping {
  std::vector<int> key;  // columns
  int updated_at = kConstant;
  std::vector<BoundEntity> entities;
  std::vector<std::string> missing;  // of an open stream: fields that are not there, a message each
};

// Throws Error(config) that names each field of the mapping that the columns lack. Of an open stream
// only the key must be there: what else is missing may come with a later record.
BoundMapping bind_mapping(const StreamConfig& stream, const std::vector<std::string>& key,
                          const std::vector<Column>& columns, bool open);

}  // namespace cdh
