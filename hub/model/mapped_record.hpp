// What a source record says in the words of the customer model: the result of the mapping.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/model/entity.hpp"

namespace cdh {

// A field's canonical text: dates as 2026-11-22, instants as 2026-11-22T02:04:27Z, amounts as plain
// decimals, booleans as true and false, everything else as given in NFC. Never blank, unless the
// stream says `blank: clear`.
struct MappedField {
  FieldId field = kNoField;
  std::string text;
  friend bool operator==(const MappedField&, const MappedField&) = default;
};

// Where a ref points: another record by its stream and key, or an entity of the same record.
struct MappedRef {
  std::string name;    // RefSpec::name
  std::string source;  // empty: this record's own source
  std::string stream;  // empty: the entity is in this record
  std::string key;     // source key of the other record, when there is a stream
  std::string as;      // which of the record's entities; empty: its first fitting one
  friend bool operator==(const MappedRef&, const MappedRef&) = default;
};

struct MappedEntity {
  EntityId entity = kNoEntity;
  std::string as;  // party, event: the mapping's name for it, unique within the stream
  int owner = -1;  // contact: index of the party in MappedRecord::entities it belongs to
  std::vector<MappedField> fields;  // ascending by field, each once
  std::vector<MappedRef> refs;
  std::vector<std::pair<std::string, std::string>> ext;  // extension fields, in mapping order

  // The field's text, or empty.
  std::string_view get(FieldId field) const;
  friend bool operator==(const MappedEntity&, const MappedEntity&) = default;
};

// A record holds at most that many parties and events: their ids are record id * 16 + place. So
// hub.yaml may map a stream to that many.
inline constexpr std::size_t kMaxEntitiesPerRecord = 16;

// A contact stands after the party that owns it. Parties keep their order in the mapping.
struct MappedRecord {
  std::vector<MappedEntity> entities;
  friend bool operator==(const MappedRecord&, const MappedRecord&) = default;
};

// Compact JSON, the form of source_record.mapped:
// [{"e":"person","as":"contact","f":{"given_name":"Ann"}},{"e":"email","of":0,"f":{...}}]
std::string to_json(const MappedRecord& record);
// Reads what to_json wrote. Throws Error(store) on anything else. Unknown entities and fields of a
// later version are skipped.
MappedRecord mapped_record_from_json(std::string_view json);

}  // namespace cdh
