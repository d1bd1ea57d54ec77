// The golden profile: of the values that a customer's records hold, the ones that count. Pure: the
// same records and policy give the same profile, in whatever order they come.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hub/model/mapped_record.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

// One party of one record that belongs to the profile.
struct ProfileMember {
  std::int64_t party_id = 0;               // goes into the lineage; never decides anything
  const MappedRecord* record = nullptr;    // borrowed
  std::size_t party_index = 0;             // of the party in record->entities
  int trust = 0;                           // of the source, 0 to 100
  std::string key;                         // "source/stream/source_key/as": breaks the last tie
  std::optional<std::int64_t> updated_at;  // micros, the source's own time; unknown is oldest
};

// A steward's choice: the value of a field of the party ("family_name"), or the contact that comes
// first, by the name of its entity ("email") and its value.
struct Pin {
  std::string field;
  std::string text;
};

// By which rule a value was chosen; the first seven as Survivorship.
enum class ChosenBy : std::uint8_t {
  source_priority,
  most_recent,
  most_frequent,
  most_complete,
  verified_first,
  furthest_stage,
  most_restrictive,
  only,    // no other record has a value
  agreed,  // all records that have a value have this one
  tie,     // the policy sees no difference: the smaller key text
  valid,   // what others have says nothing, is half a name, or no phone or e-mail address
  pinned,  // a steward's choice
};

// "most_recent"
std::string_view name_of(ChosenBy rule);

inline constexpr std::int64_t kNoParty = 0;  // a pinned value that no record holds

struct Origin {
  std::int64_t party_id = kNoParty;
  ChosenBy rule = ChosenBy::only;
  friend bool operator==(const Origin&, const Origin&) = default;
};

struct GoldenField {
  FieldId field = kNoField;
  std::string text;  // blank when a source that says `blank: clear` won
  Origin origin;
};

struct GoldenExtension {
  std::string name;
  std::string text;
  Origin origin;
};

// The origin's rule says for the first of its entity why it stands before the second, and for every
// other one why it stands behind the one before it.
struct GoldenContact {
  EntityId entity = kNoEntity;
  std::vector<MappedField> fields;  // of one record: an address is never stitched together
  Origin origin;
};

struct GoldenProfile {
  EntityId party = kNoEntity;               // person or organization
  std::string display_name;                 // never a mixture of records; may be blank
  std::vector<GoldenField> fields;          // ascending by field
  std::vector<GoldenExtension> extensions;  // ascending by name
  std::vector<GoldenContact> contacts;  // by entity, in survivorship order: the first is primary
};

// `members` are all of one party entity and at least one; their records stay the caller's.
//
// A name, date or identifier that stands where nothing is known ("Test") counts only where no
// record knows better, and e-mail addresses and phones without canonical form stand behind the
// others, whatever the policy says.
//
// A person's name (prefix, given, additional, family name, suffix) is taken from one record whole, by
// one chain: that of the family name, or else of another part. A name with its given and family parts
// goes before half of one. Each contact is of one record, too. Contacts are collected without
// repeats: e-mail addresses by their canonical form, phones by E.164 and extension, addresses by all
// their text without case, diacritics, blanks and punctuation, identifiers by system, type and value;
// of equal ones the record that the policy prefers gives the spelling.
GoldenProfile survive(std::span<const ProfileMember> members, const MergePolicy& policy,
                      std::span<const Pin> pins = {});

}  // namespace cdh
