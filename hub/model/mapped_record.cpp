#include "hub/model/mapped_record.hpp"

#include <simdjson.h>

#include "hub/base/error.hpp"
#include "hub/base/json_text.hpp"

namespace cdh {

namespace {

using simdjson::dom::object;

void append_member(std::string_view name, std::string_view text, std::string& out) {
  append_json_string(name, out);
  out += ':';
  append_json_string(text, out);
}

void append_ref(const MappedRef& ref, std::string& out) {
  out += '{';
  append_member("name", ref.name, out);
  const std::pair<std::string_view, const std::string*> parts[] = {
      {"source", &ref.source}, {"stream", &ref.stream}, {"key", &ref.key}, {"as", &ref.as}};
  for (const auto& [name, text] : parts) {
    if (text->empty()) continue;
    out += ',';
    append_member(name, *text, out);
  }
  out += '}';
}

void append_entity(const MappedEntity& mapped, std::string& out) {
  const EntitySpec& spec = entity(mapped.entity);
  out += '{';
  append_member("e", spec.name, out);
  if (!mapped.as.empty()) {
    out += ',';
    append_member("as", mapped.as, out);
  }
  if (mapped.owner >= 0) out += ",\"of\":" + std::to_string(mapped.owner);
  out += ",\"f\":{";
  bool first = true;
  for (const MappedField& field : mapped.fields) {
    if (!first) out += ',';
    first = false;
    append_member(spec.fields[field.field].name, field.text, out);
  }
  out += '}';
  if (!mapped.refs.empty()) {
    out += ",\"r\":[";
    for (const MappedRef& ref : mapped.refs) {
      if (out.back() != '[') out += ',';
      append_ref(ref, out);
    }
    out += ']';
  }
  if (!mapped.ext.empty()) {
    out += ",\"x\":{";
    for (const auto& [name, text] : mapped.ext) {
      if (out.back() != '{') out += ',';
      append_member(name, text, out);
    }
    out += '}';
  }
  out += '}';
}

std::string text_at(const object& from, const char* name) {
  std::string_view text;
  return from[name].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

MappedEntity read_entity(const object& json, EntityId id) {
  MappedEntity mapped;
  mapped.entity = id;
  mapped.as = text_at(json, "as");
  if (std::int64_t owner = 0; json["of"].get(owner) == simdjson::SUCCESS) {
    mapped.owner = static_cast<int>(owner);
  }
  for (const auto& [name, value] : object(json["f"])) {
    const FieldId field = find_field(id, name);
    if (field != kNoField)
      mapped.fields.push_back({field, std::string(value.get_string().value())});
  }
  if (simdjson::dom::array refs; json["r"].get(refs) == simdjson::SUCCESS) {
    for (const object ref : refs) {
      mapped.refs.push_back({text_at(ref, "name"), text_at(ref, "source"), text_at(ref, "stream"),
                             text_at(ref, "key"), text_at(ref, "as")});
    }
  }
  if (object ext; json["x"].get(ext) == simdjson::SUCCESS) {
    for (const auto& [name, value] : ext) {
      mapped.ext.emplace_back(name, value.get_string().value());
    }
  }
  return mapped;
}

}  // namespace

std::string_view MappedEntity::get(FieldId field) const {
  for (const MappedField& candidate : fields) {
    if (candidate.field == field) return candidate.text;
  }
  return {};
}

std::string to_json(const MappedRecord& record) {
  std::string out = "[";
  for (const MappedEntity& mapped : record.entities) {
    if (out.size() > 1) out += ',';
    append_entity(mapped, out);
  }
  return out += ']';
}

MappedRecord mapped_record_from_json(std::string_view json) {
  thread_local simdjson::dom::parser parser;
  try {
    MappedRecord record;
    const simdjson::padded_string padded(json);
    for (const object item : simdjson::dom::array(parser.parse(padded))) {
      const EntityId id = find_entity(text_at(item, "e"));
      if (id != kNoEntity) record.entities.push_back(read_entity(item, id));
    }
    return record;
  } catch (const simdjson::simdjson_error& error) {
    throw Error(ErrorKind::store, std::string("source_record.mapped is not readable: ") +
                                      error.what() + "; run `cdh store check`");
  }
}

}  // namespace cdh
