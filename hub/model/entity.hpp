// The customer model, declared once: from this table come the mapping's validation, the store's
// statements and views, the documentation and the export. A test holds the store's tables to it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace cdh {

// What a field holds; decides how ingest reads it, how it is compared and which column it gets.
enum class FieldKind : std::uint8_t {
  text,         // as given, in NFC
  person_name,  // part of a person's name
  full_name,    // a whole name in one field, native script
  org_name,
  email,
  phone,
  url,
  identifier,  // text, leading zeros kept
  term,        // text that is part of a key in the store, and short for that
  country,     // ISO 3166-1 alpha-2
  currency,    // ISO 4217
  gender,      // female, male, other
  date,        // a calendar day
  instant,     // a moment, UTC
  integer,
  amount,  // of money; decimal, stored as 64-bit integer of 1/10000
  number,  // decimal but no money: a quantity, a share; stored likewise
  boolean,
};

// How the entity belongs to a customer.
enum class EntityRole : std::uint8_t {
  party,    // is a customer: person, organization. Matched and merged
  contact,  // a way to reach or to identify a party; collected in its profile without repeats
  event,    // belongs to a party, or to another event, and keeps its own row
};

// Whether such a field holds a decimal number.
bool is_decimal(FieldKind kind);

struct FieldSpec {
  std::string_view name;
  FieldKind kind = FieldKind::text;
  // Filled by ingest from `derived_from`, not by the mapping ("" = mapped).
  std::string_view derived_from = {};
  // date: the year before which it cannot be, and it is not in the future; 0 = any day.
  int earliest_year = 0;
};

// A named link from an event to the party, or to the other event, it belongs to.
struct RefSpec {
  std::string_view name;    // as in the mapping: customer, order
  std::string_view target;  // an entity, or "party": any person or organization
};

struct EntitySpec {
  std::string_view name;  // also the table's name
  EntityRole role;
  std::string_view help;
  std::span<const FieldSpec> fields;
  std::span<const RefSpec> refs;
  // contact: the plural a party's mapping uses ("emails"), and the field a bare value goes to.
  std::string_view list_name = {};
  std::string_view value_field = {};
};

// All entities, in the order they are documented and created. Index = EntityId.
std::span<const EntitySpec> entities();

using EntityId = std::uint8_t;
using FieldId = std::uint8_t;

inline constexpr EntityId kNoEntity = 0xFF;
inline constexpr FieldId kNoField = 0xFF;

const EntitySpec& entity(EntityId id);
// By name; kNoEntity when there is none.
EntityId find_entity(std::string_view name);
// A contact entity by its list name ("emails"); kNoEntity when there is none.
EntityId find_contact_list(std::string_view list_name);
FieldId find_field(EntityId entity, std::string_view name);

std::vector<std::string_view> entity_names();
std::vector<std::string_view> field_names(EntityId entity);

// The entities the pipeline itself knows by heart.
struct KnownEntities {
  EntityId person, organization, email, phone, postal_address, external_identifier, affiliation;
};
const KnownEntities& known_entities();

}  // namespace cdh
