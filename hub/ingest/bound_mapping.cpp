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
    ++wanted_;
    const int at = find(name);
    if (at == kAbsent) faults_.push_back({name, lack(name, where, "the stream has no field")});
    return at;
  }
  int column(const std::string& name, const Location& where) {
    if (!open_) return key_column(name, where);
    const int at = find(name);
    if (at == kAbsent) {
      missing_.push_back(lack(name, where, "no record has a field") + suggestion(name, names_));
    }
    return at;
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

  // Which fields there are instead is told unless most of those that are wanted are lacking: a file that
  // lost its header has a person's values in their place.
  void throw_faults() const {
    if (faults_.empty()) return;
    const bool may_be_values = faults_.size() * 2 > wanted_;
    std::vector<std::string> lines;
    for (const Fault& fault : faults_) {
      lines.push_back(fault.text + (may_be_values ? other_spelling(fault.name)
                                                  : suggestion(fault.name, names_)));
    }
    if (may_be_values) {
      lines.push_back(counted(std::ssize(names_), "field is", "fields are") +
                      " there instead, not named here, since a file without its header has values "
                      "in their place: see `cdh discover`");
    }
    throw Error(ErrorKind::config, join(lines, "\n"));
  }
  std::vector<std::string> take_missing() { return std::move(missing_); }

 private:
  struct Fault {
    std::string name, text;
  };

  int find(const std::string& name) const {
    const auto at = std::find(names_.begin(), names_.end(), name);
    return at == names_.end() ? kAbsent : static_cast<int>(at - names_.begin());
  }
  // Of the same letters and digits: no value that anybody has to hide.
  std::string other_spelling(const std::string& name) const {
    const auto bare = [](std::string_view text) {
      std::string letters = ascii_lower(text);
      std::erase_if(letters, [](char c) { return c == ' ' || c == '_' || c == '-' || c == '.'; });
      return letters;
    };
    const auto at = std::ranges::find(names_, bare(name), bare);
    return at == names_.end() ? "" : "; did you mean \"" + std::string(*at) + "\"?";
  }
  static std::string lack(const std::string& name, const Location& where,
                          const std::string& problem) {
    const std::string place = to_text(where);
    return (place.empty() ? "" : place + ": ") + problem + " \"" + name + "\"";
  }

  bool open_;
  std::vector<std::string_view> names_;
  std::size_t wanted_ = 0;
  std::vector<Fault> faults_;
  std::vector<std::string> missing_;
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
