// Records to merge, written down briefly.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "hub/merge/survivorship.hpp"

namespace cdh {

using Texts = std::vector<std::pair<std::string, std::string>>;

inline std::vector<MappedField> fields_of(EntityId kind, const Texts& texts) {
  std::vector<MappedField> fields;
  for (std::size_t id = 0; id < entity(kind).fields.size(); ++id) {
    for (const auto& [name, text] : texts) {
      if (entity(kind).fields[id].name == name) fields.push_back({static_cast<FieldId>(id), text});
    }
  }
  return fields;
}

// The records of one customer; members() is valid while it lives.
class CustomerRecords {
 public:
  // Party ids are 1, 2, 3 ... in the order of the calls.
  CustomerRecords& add(std::string key, int trust, std::optional<std::int64_t> updated_at,
                       const std::string& party, const Texts& texts) {
    const EntityId kind = find_entity(party);
    MappedRecord& record = records_.emplace_back();
    record.entities.push_back({kind, "contact", -1, fields_of(kind, texts), {}, {}});
    members_.push_back({std::ssize(records_), &record, 0, trust, std::move(key), updated_at});
    return *this;
  }

  // To the record added last.
  CustomerRecords& with(const std::string& contact, const Texts& texts) {
    const EntityId kind = find_entity(contact);
    records_.back().entities.push_back({kind, "", 0, fields_of(kind, texts), {}, {}});
    return *this;
  }

  CustomerRecords& with_extension(std::string name, std::string text) {
    records_.back().entities.front().ext.emplace_back(std::move(name), std::move(text));
    return *this;
  }

  const std::vector<ProfileMember>& members() const { return members_; }

 private:
  std::deque<MappedRecord> records_;
  std::vector<ProfileMember> members_;
};

// "given_name=Anna(2,most_recent)", one a value, in the order of the profile.
inline std::vector<std::string> lines_of(const GoldenProfile& profile) {
  const auto origin_text = [](const Origin& origin) {
    return "(" + std::to_string(origin.party_id) + "," + std::string(name_of(origin.rule)) + ")";
  };
  std::vector<std::string> lines;
  for (const GoldenField& field : profile.fields) {
    lines.push_back(std::string(entity(profile.party).fields[field.field].name) + "=" + field.text +
                    origin_text(field.origin));
  }
  for (const GoldenExtension& extension : profile.extensions) {
    lines.push_back("ext." + extension.name + "=" + extension.text + origin_text(extension.origin));
  }
  for (const GoldenContact& contact : profile.contacts) {
    std::string line(entity(contact.entity).name);
    for (const MappedField& field : contact.fields) line += " " + field.text;
    lines.push_back(line + origin_text(contact.origin));
  }
  return lines;
}

}  // namespace cdh
