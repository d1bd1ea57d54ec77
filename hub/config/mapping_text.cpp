#include "hub/config/mapping_text.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace cdh {

namespace {

// nlohmann's plain json sorts the members of an object: the order in the file does not count.
using Json = nlohmann::json;

Json json_of(const ValueSource& value) {
  if (value.constant) return {{"value", *value.constant}};
  return {{"from", value.from}};
}

Json json_of(EntityId id, const std::vector<FieldMapping>& fields) {
  Json out = Json::object();
  for (const FieldMapping& field : fields) {
    out[std::string(entity(id).fields[field.field].name)] = json_of(field.value);
  }
  return out;
}

Json json_of(const RefMapping& ref) {
  return {{"source", ref.source}, {"stream", ref.stream}, {"key", ref.key}, {"as", ref.as}};
}

Json json_of(const EntityMapping& mapping) {
  Json out = {{"into", std::string(entity(mapping.entity).name)},
              {"as", mapping.as},
              {"fields", json_of(mapping.entity, mapping.fields)}};
  for (const When& when : mapping.when) {
    std::vector<std::string> any_of = when.any_of;
    std::sort(any_of.begin(), any_of.end());
    out["when"][when.field] = any_of;
  }
  for (const ContactMapping& contact : mapping.contacts) {
    out["contacts"].push_back({{"into", std::string(entity(contact.entity).name)},
                               {"fields", json_of(contact.entity, contact.fields)}});
  }
  for (const RefMapping& ref : mapping.refs) out["refs"][ref.name] = json_of(ref);
  // A list: extension fields keep the order of the mapping.
  for (const auto& [name, value] : mapping.ext) out["ext"].push_back({name, json_of(value)});
  std::vector<FieldId> required = mapping.required;
  std::sort(required.begin(), required.end());
  for (const FieldId field : required) {
    out["required"].push_back(std::string(entity(mapping.entity).fields[field].name));
  }
  return out;
}

}  // namespace

std::string mapping_text(const StreamConfig& stream, const SourceConfig& source) {
  Json map = Json::array();
  for (const EntityMapping& mapping : stream.map) map.push_back(json_of(mapping));
  const Json out = {{"key", stream.key},
                    {"updated_at", stream.updated_at},
                    {"blank", stream.blank == BlankPolicy::clear ? "clear" : "ignore"},
                    {"date_order", stream.date_order},
                    {"decimal", stream.decimal},
                    {"country", source.country},
                    {"time_zone", source.time_zone},
                    {"map", std::move(map)}};
  return out.dump();
}

}  // namespace cdh
