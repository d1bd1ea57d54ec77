#include "hub/config/mapping_binding.hpp"

#include <algorithm>

#include "hub/config/mapping_shape.hpp"

namespace cdh {

namespace {

std::string text_of(const Setting& map, std::string_view key) {
  const Setting* member = map.find(key);
  return member != nullptr ? member->text : std::string();
}

ValueSource from_field(const Setting& field) { return {field.text, std::nullopt, field.where}; }

// Of a setting in the long form { from: FIELD } or { value: TEXT }.
ValueSource value_source(const Setting& setting) {
  if (const Setting* field = setting.find("from")) return from_field(*field);
  return {{}, text_of(setting, "value"), setting.where};
}

class MappingBinder {
 public:
  MappingBinder(const Setting& item, ConfigFaults& faults) : item_(item), faults_(faults) {}

  EntityMapping bind() {
    mapping_.entity = find_entity(text_of(item_, "into"));
    mapping_.as = text_of(item_, "as");
    mapping_.where = item_.where;
    if (const Setting* when = item_.find("when")) bind_when(*when);
    if (const Setting* fields = item_.find("fields")) bind_fields(*fields);
    if (const Setting* refs = item_.find("refs")) bind_refs(*refs);
    if (const Setting* ext = item_.find("ext")) bind_ext(*ext);
    if (const Setting* required = item_.find("required")) bind_required(*required);
    return std::move(mapping_);
  }

 private:
  void bind_when(const Setting& when) {
    for (const auto& [field, texts] : when.members) {
      When condition{field, {}};
      for (const Setting& text : texts.items) condition.any_of.push_back(text.text);
      if (condition.any_of.empty()) {
        faults_.add(texts.where, "when " + field + " needs a text to compare with");
      }
      mapping_.when.push_back(std::move(condition));
    }
  }

  void bind_fields(const Setting& fields) {
    ContactMapping address{known_entities().postal_address, {}};
    for (const auto& [name, value] : fields.members) {
      const FieldId field = find_field(mapping_.entity, name);
      const EntityId contact = find_contact_list(name);
      if (field != kNoField) {
        mapping_.fields.push_back({field, value_source(value)});
      } else if (contact != kNoEntity) {
        for (const Setting& one : value.items) bind_contact(contact, one);
      } else {
        address.fields.push_back({find_field(address.entity, name), value_source(value)});
      }
    }
    if (!address.fields.empty()) mapping_.contacts.push_back(std::move(address));
  }

  void bind_contact(EntityId id, const Setting& setting) {
    ContactMapping contact{id, {}};
    const std::string value_field(entity(id).value_field);
    for (const auto& [name, value] : setting.members) {
      if (name == "from") {
        contact.fields.push_back({find_field(id, value_field), from_field(value)});
      } else {
        contact.fields.push_back({find_field(id, name), value_source(value)});
      }
    }
    const std::string name(entity(id).name);
    if (setting.find("from") != nullptr && setting.find(value_field) != nullptr) {
      faults_.add(setting.where, name + ": from and " + value_field + " mean the same; keep one");
    }
    const bool reads_source =
        std::any_of(contact.fields.begin(), contact.fields.end(),
                    [](const FieldMapping& field) { return !field.value.from.empty(); });
    if (!reads_source) {
      faults_.add(setting.where, name + " needs a source field, such as { from: FIELD }");
    }
    mapping_.contacts.push_back(std::move(contact));
  }

  void bind_refs(const Setting& refs) {
    for (const auto& [name, ref] : refs.members) {
      mapping_.refs.push_back({name, text_of(ref, "source"), text_of(ref, "stream"),
                               text_of(ref, "key"), text_of(ref, "as"), ref.where});
    }
  }

  void bind_ext(const Setting& ext) {
    const EntitySpec& spec = entity(mapping_.entity);
    for (const auto& [name, value] : ext.members) {
      if (find_field(mapping_.entity, name) != kNoField) {
        faults_.add(value.where, "ext: " + name + " is a field of " + std::string(spec.name) +
                                     "; put it under fields");
      }
      mapping_.ext.emplace_back(name, value_source(value));
    }
  }

  void bind_required(const Setting& required) {
    for (const Setting& name : required.items) {
      const FieldId field = find_field(mapping_.entity, name.text);
      const bool mapped =
          std::any_of(mapping_.fields.begin(), mapping_.fields.end(),
                      [&](const FieldMapping& mapping) { return mapping.field == field; });
      if (!mapped) {
        faults_.add(name.where, "required: " + name.text +
                                    " is not mapped, so every record would be quarantined");
      }
      mapping_.required.push_back(field);
    }
  }

  const Setting& item_;
  ConfigFaults& faults_;
  EntityMapping mapping_;
};

}  // namespace

EntityMapping bind_entity_mapping(const Setting& item, ConfigFaults& faults) {
  return MappingBinder(item, faults).bind();
}

}  // namespace cdh
