#include "hub/ingest/bound_mapping.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"

namespace cdh {

namespace {

// Turns names into column numbers and collects what is missing.
class Binder {
 public:
  Binder(const std::vector<Column>& columns, bool open) : open_(open) {
    for (const Column& column : columns) names_.push_back(column.name);
  }

  // No record is told from another without its key.
  int key_column(const std::string& name, const Location& where) {
    return find(name, where, "the stream has no field", faults_);
  }
  int column(const std::string& name, const Location& where) {
    return open_ ? find(name, where, "no record has a field", missing_) : key_column(name, where);
  }

  BoundField field(EntityId entity_id, const FieldMapping& mapping) {
    BoundField bound;
    bound.field = mapping.field;
    bound.spec = &entity(entity_id).fields[mapping.field];
    bound.source_field = &mapping.value.from;
    bound.constant = mapping.value.constant.value_or("");
    bound.column =
        mapping.value.constant ? kConstant : column(mapping.value.from, mapping.value.where);
    return bound;
  }

  BoundEntity entity_mapping(const EntityMapping& mapping) {
    BoundEntity bound;
    bound.mapping = &mapping;
    for (const When& when : mapping.when) {
      bound.when.push_back({column(when.field, mapping.where), &when});
    }
    for (const FieldMapping& mapped : mapping.fields) {
      bound.fields.push_back(field(mapping.entity, mapped));
    }
    for (const ContactMapping& contact : mapping.contacts) {
      BoundContact bound_contact{contact.entity, {}};
      for (const FieldMapping& mapped : contact.fields) {
        bound_contact.fields.push_back(field(contact.entity, mapped));
      }
      bound.contacts.push_back(std::move(bound_contact));
    }
    for (const RefMapping& ref : mapping.refs) {
      bound.refs.push_back({&ref, ref.stream.empty() ? kConstant : column(ref.key, ref.where)});
    }
    for (const auto& [name, value] : mapping.ext) {
      bound.ext.push_back({&name, value.constant ? kConstant : column(value.from, value.where),
                           value.constant.value_or("")});
    }
    return bound;
  }

  void throw_faults() const {
    if (!faults_.empty()) throw Error(ErrorKind::config, join(faults_, "\n"));
  }
  std::vector<std::string> take_missing() { return std::move(missing_); }

 private:
  int find(const std::string& name, const Location& where, std::string_view problem,
           std::vector<std::string>& problems) const {
    const auto at = std::find(names_.begin(), names_.end(), name);
    if (at != names_.end()) return static_cast<int>(at - names_.begin());
    const std::string place = to_text(where);
    problems.push_back((place.empty() ? "" : place + ": ") + std::string(problem) + " \"" + name +
                       "\"" + suggestion(name, names_));
    return kAbsent;
  }

  bool open_;
  std::vector<std::string_view> names_;
  std::vector<std::string> faults_, missing_;
};

}  // namespace

BoundMapping bind_mapping(const StreamConfig& stream, const std::vector<std::string>& key,
                          const std::vector<Column>& columns, bool open) {
  Binder binder(columns, open);
  BoundMapping bound;
  for (const std::string& name : key) bound.key.push_back(binder.key_column(name, stream.where));
  if (!stream.updated_at.empty()) {
    bound.updated_at = binder.column(stream.updated_at, stream.where);
  }
  for (const EntityMapping& mapping : stream.map) {
    bound.entities.push_back(binder.entity_mapping(mapping));
  }
  binder.throw_faults();
  bound.missing = binder.take_missing();
  return bound;
}

}  // namespace cdh
