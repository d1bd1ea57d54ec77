#include "hub/config/mapping_shape.hpp"

#include <algorithm>
#include <array>

namespace cdh {

namespace {

// { from: FIELD } or { value: TEXT }; `short_key` says which of them a text alone means.
ShapePtr value_shape(std::string title, std::string short_key, std::vector<std::string> literals) {
  Shape shape = *shapes::record(
      std::move(title), {{"from", shapes::text(), "The source field that holds the value."},
                         {"value", shapes::text(), "A constant, the same for every record."}});
  shape.takes_one_key = true;
  shape.short_key = std::move(short_key);
  shape.literals = std::move(literals);
  return std::make_shared<const Shape>(std::move(shape));
}

ShapePtr value_shape(const FieldSpec& field) {
  static const ShapePtr source_field = value_shape("value", "from", {});
  static const ShapePtr flag = value_shape("flag", "from", {"true", "false"});
  return field.kind == FieldKind::boolean ? flag : source_field;
}

// Fields of contacts that say what the contact is; a text alone is a constant.
ShapePtr contact_value_shape(const FieldSpec& field) {
  static const ShapePtr constant = value_shape("constant", "value", {});
  static constexpr std::array<std::string_view, 4> kConstants = {"type", "system", "id_type",
                                                                 "network"};
  const bool is_constant =
      std::find(kConstants.begin(), kConstants.end(), field.name) != kConstants.end();
  return is_constant ? constant : value_shape(field);
}

// `{ from: MAIL, type: work }`. A value field that is named "value" is left to `from`: as a key it
// would read like a constant.
ShapePtr contact_shape(const EntitySpec& contact) {
  const std::string name(contact.name);
  std::vector<ShapeKey> keys;
  keys.push_back({"from", shapes::text(),
                  "The source field that holds the " + std::string(contact.value_field) + "."});
  for (const FieldSpec& field : contact.fields) {
    if (!is_mappable(field) || field.name == "value") continue;
    keys.push_back({std::string(field.name), contact_value_shape(field), {}});
  }
  Shape shape = *shapes::record(name, std::move(keys));
  shape.unknown_key = name + " has no field";
  shape.short_key = "from";
  return std::make_shared<const Shape>(std::move(shape));
}

void add_contact_keys(std::vector<ShapeKey>& keys) {
  for (const EntitySpec& contact : entities()) {
    if (contact.role != EntityRole::contact) continue;
    keys.push_back({std::string(contact.list_name), shapes::one_or_list(contact_shape(contact)),
                    std::string(contact.help)});
  }
  for (const FieldSpec& field : entity(known_entities().postal_address).fields) {
    if (!is_direct_address_field(field.name)) continue;
    keys.push_back({std::string(field.name), value_shape(field), "Part of the party's address."});
  }
}

ShapePtr fields_shape(const EntitySpec& spec) {
  std::vector<ShapeKey> keys;
  for (const FieldSpec& field : spec.fields) {
    if (is_mappable(field)) keys.push_back({std::string(field.name), value_shape(field), {}});
  }
  if (spec.role == EntityRole::party) add_contact_keys(keys);
  const std::string name(spec.name);
  Shape shape = *shapes::record("fields of " + name, std::move(keys));
  shape.unknown_key = name + " has no field";
  return std::make_shared<const Shape>(std::move(shape));
}

ShapePtr ref_shape() {
  static const ShapePtr shape = shapes::record(
      "reference",
      {{"stream", shapes::text(kStreamName), "The stream of the other record; none: this record."},
       {"key", shapes::text(), "The source field that holds the other record's key."},
       {"source", shapes::text(kLowerName), "The other record's source; none: this source."},
       {"as", shapes::text(kLowerName), "Which of the other record's entities, by its `as`."}});
  return shape;
}

ShapePtr refs_shape(const EntitySpec& spec) {
  std::vector<ShapeKey> keys;
  for (const RefSpec& ref : spec.refs) {
    keys.push_back({std::string(ref.name), ref_shape(), "Belongs to a " + std::string(ref.target)});
  }
  const std::string name(spec.name);
  Shape shape = *shapes::record("references of " + name, std::move(keys));
  shape.unknown_key = name + " has no reference";
  return std::make_shared<const Shape>(std::move(shape));
}

ShapePtr mapping_shape(const EntitySpec& spec) {
  std::vector<std::string> own_fields;
  for (const FieldSpec& field : spec.fields) {
    if (is_mappable(field)) own_fields.emplace_back(field.name);
  }
  std::vector<ShapeKey> keys = {
      {"into", shapes::text(), "The entity of the customer model.", true},
      {"as", shapes::text(kLowerName),
       "Names this entity within the stream. By default the entity's name."},
      {"when", shapes::map(shapes::one_or_list(shapes::optional_text())),
       "Only records in which every field here equals one of its texts."},
      {"fields", fields_shape(spec), "The entity's fields and where each value comes from."}};
  if (!spec.refs.empty()) {
    keys.push_back({"refs", refs_shape(spec), "The other entities it belongs to."});
  }
  static const FieldSpec kExtension = {"ext"};
  keys.push_back({"ext", shapes::map(value_shape(kExtension)),
                  "Fields that the customer model does not have, by a name of your choice."});
  keys.push_back({"required", shapes::one_or_list(shapes::choice(std::move(own_fields))),
                  "A record without one of these fields is quarantined."});
  return shapes::record("mapping of " + std::string(spec.name), std::move(keys));
}

std::string misplaced_entity(std::string_view name) {
  const EntityId id = find_entity(name);
  if (id == kNoEntity) return {};
  return "; map it among a party's fields, as " + std::string(entity(id).list_name);
}

}  // namespace

bool is_mappable(const FieldSpec& field) { return field.derived_from.empty(); }

bool is_direct_address_field(std::string_view name) {
  return name != "type" && find_field(known_entities().postal_address, name) != kNoField;
}

ShapePtr entity_mapping_shape() {
  static const ShapePtr shape = [] {
    Shape out;
    out.kind = Shape::Kind::variants;
    out.title = "mapping";
    out.tag = "into";
    out.misplaced = misplaced_entity;
    for (const EntitySpec& spec : entities()) {
      if (spec.role == EntityRole::contact) continue;
      out.variants.emplace_back(spec.name, mapping_shape(spec));
    }
    return std::make_shared<const Shape>(std::move(out));
  }();
  return shape;
}

std::vector<std::string> merge_field_names() {
  std::vector<std::string> names;
  const auto add = [&](std::string_view name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
  };
  for (const EntitySpec& spec : entities()) {
    if (spec.role == EntityRole::contact || spec.name == "consent") add(spec.name);
    if (spec.role != EntityRole::party) continue;
    for (const FieldSpec& field : spec.fields) add(field.name);
  }
  return names;
}

}  // namespace cdh
