// What matching knows of one party: its normalised features, small enough that a million of them
// fit into a few hundred megabytes. Pure values; values of contacts are kept as hashes only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/match/name_agreement.hpp"
#include "hub/model/mapped_record.hpp"

namespace cdh {

// Which party of which record.
struct PartyIdentity {
  std::int64_t id = 0;       // the store's row; never decides anything
  std::uint32_t source = 0;  // equal for parties of one source
  std::string key;           // "source/stream/source_key/as": unique, and breaks every tie
};

enum class PartyKind : std::uint8_t { person, organization };
enum class Sex : std::uint8_t { unknown, female, male };

// A value that two parties may have in common.
enum class EvidenceKind : std::uint8_t {
  sole_identifier,    // its check digits are right; everybody has one at most
  unique_identifier,  // the mapping says is_unique
  identifier,         // any other
  email,
  role_email,  // organisations only: info@, office@
  phone,
  web_page,        // organisations only
  domain,          // organisations: of its mailboxes and web page, and of its people's mailboxes
  birth,           // persons: birth date with a postal code, a street or a town
  street_address,  // organisations: street and house number with a postal code or a town
  name,            // organisations: the whole folded name, where it is long enough to tell
};

struct Evidence {
  // Hash of the party's kind, the kind of value and the normalised value: also the block key.
  std::uint64_t key = 0;
  EvidenceKind kind = EvidenceKind::identifier;
  std::uint32_t type = 0;  // identifiers: hash of their type
};

struct Signature {
  PartyIdentity identity;
  PartyKind kind = PartyKind::person;
  Sex sex = Sex::unknown;
  std::uint8_t generation = 0;     // 1 senior, 2 junior or II, 3 III ...; 0 not said
  std::int32_t birth_date = 0;     // 19840229; 0 not known
  std::uint32_t place = 0;         // organisations: hash of the first postal code; 0 not known
  std::string given;               // folded; persons only
  std::string family;              // folded; an organisation's folded name
  std::string legal_name;          // organisations: folded, where it differs from the name
  std::vector<Evidence> evidence;  // ascending by key, each key once

  PersonName name() const { return {given, family}; }
};

// At most so many pieces of evidence a party; further ones, in the order of the record, are left
// out, so that one broken record cannot slow the run down.
inline constexpr std::size_t kMaxEvidence = 64;

// `record.entities[party_index]` must be a person or an organization. Blank and placeholder values
// (see hub/normalize/placeholder.hpp) leave no trace; neither do role mailboxes of persons.
Signature make_signature(PartyIdentity identity, const MappedRecord& record,
                         std::size_t party_index);

}  // namespace cdh
