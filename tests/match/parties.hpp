// Parties to match, written down briefly.
#pragma once

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/base/text.hpp"
#include "hub/match/signature.hpp"

namespace cdh {

inline void set_field(MappedEntity& target, std::string_view name, std::string_view text) {
  const FieldId id = find_field(target.entity, name);
  const auto at = std::ranges::lower_bound(target.fields, id, {}, &MappedField::field);
  target.fields.insert(at, {id, std::string(text)});
}

inline MappedEntity& add_contact(MappedRecord& record, EntityId kind) {
  record.entities.push_back({kind, "", 0, {}, {}, {}});
  return record.entities.back();
}

// A person with that mailbox who is affiliated with the record's first party.
inline void add_employee(MappedRecord& record, std::string_view email) {
  const KnownEntities& is = known_entities();
  const int person = static_cast<int>(record.entities.size());
  record.entities.push_back({is.person, "staff", -1, {}, {}, {}});
  record.entities.push_back({is.email, "", person, {}, {}, {}});
  set_field(record.entities.back(), "canonical", ascii_lower(email));
  record.entities.push_back({is.affiliation, "job", -1, {}, {}, {}});
  record.entities.back().refs = {{"person", "", "", "", "staff"},
                                 {"organization", "", "", "", "contact"}};
}

// An organization that the record's first party works for.
inline void add_employer(MappedRecord& record, std::string_view name) {
  const KnownEntities& is = known_entities();
  record.entities.push_back({is.organization, "employer", -1, {}, {}, {}});
  set_field(record.entities.back(), "name", name);
  record.entities.push_back({is.affiliation, "job", -1, {}, {}, {}});
  record.entities.back().refs = {{"person", "", "", "", "contact"},
                                 {"organization", "", "", "", "employer"}};
}

// "given=Anna; family=Nowak; email=a@x.zz; phone=+48605118236; born=1984-02-29; sex=female;
//  postal=00-950; country=PL; street=Mila 5; town=York; id=card:007; unique=pesel:44051401359; suffix=Jr;
//  native=王小明; works=Acme Ltd; org=Acme Ltd; legal=...; tax_id=...; url=...;
//  staff=ann@acme.zz" in any order: "org" makes an organization, "staff" a person who works for it,
// "works" an organization that the person works for.
inline MappedRecord record_of(std::string_view description) {
  const KnownEntities& is = known_entities();
  MappedRecord record;
  const bool is_org = description.find("org=") != std::string_view::npos;
  record.entities.push_back({is_org ? is.organization : is.person, "contact", -1, {}, {}, {}});
  record.entities.reserve(16);
  MappedEntity& party = record.entities.front();
  MappedEntity address{is.postal_address, "", 0, {}, {}, {}};
  for (const std::string_view part : split(description, ';')) {
    const std::string_view item = trim(part);
    const std::string_view name = item.substr(0, item.find('='));
    const std::string_view text = item.substr(std::min(item.find('=') + 1, item.size()));
    if (name == "given") set_field(party, "given_name", text);
    if (name == "second") set_field(party, "additional_name", text);
    if (name == "family") set_field(party, "family_name", text);
    if (name == "native") set_field(party, "native_name", text);
    if (name == "suffix") set_field(party, "honorific_suffix", text);
    if (name == "born") set_field(party, "birth_date", text);
    if (name == "sex") set_field(party, "gender", text);
    if (name == "org") set_field(party, "name", text);
    if (name == "legal") set_field(party, "legal_name", text);
    if (name == "tax_id") set_field(party, "tax_id", text);
    if (name == "url") set_field(party, "url", text);
    if (name == "email") {
      MappedEntity& email = add_contact(record, is.email);
      set_field(email, "value", text);
      set_field(email, "canonical", ascii_lower(text));
    }
    if (name == "phone") {
      MappedEntity& phone = add_contact(record, is.phone);
      set_field(phone, "value", text);
      if (text.starts_with('+')) set_field(phone, "e164", text);
    }
    if (name == "street") set_field(address, "street_address", text);
    if (name == "town") set_field(address, "address_locality", text);
    if (name == "country") set_field(address, "address_country", text);
    if (name == "postal") set_field(address, "postal_code", text);
    if (name == "id" || name == "unique") {
      MappedEntity& id = add_contact(record, is.external_identifier);
      set_field(id, "id_type", text.substr(0, text.find(':')));
      set_field(id, "id_value", text.substr(text.find(':') + 1));
      if (name == "unique") set_field(id, "is_unique", "true");
    }
  }
  if (!address.fields.empty()) record.entities.push_back(std::move(address));
  for (const std::string_view part : split(description, ';')) {
    const std::string_view item = trim(part);
    if (item.starts_with("staff=")) add_employee(record, item.substr(6));
    if (item.starts_with("works=")) add_employer(record, item.substr(6));
  }
  return record;
}

// A party of `key`, "source/stream/source_key/as"; its source number follows from the source's
// name.
inline Signature party(std::int64_t id, const std::string& key, std::string_view description,
                       Vocabulary& words) {
  const auto source = static_cast<std::uint32_t>(key.front());
  return make_signature({id, source, key}, record_of(description), 0, words);
}

// Parties of one vocabulary, with the ids 1, 2, 3 ... and the keys "a/s/1/p", "a/s/2/p" ...
struct Parties {
  Vocabulary words;
  std::vector<Signature> all;

  Parties() = default;
  explicit Parties(std::span<const std::string> descriptions) {
    for (const std::string& description : descriptions) add(description);
  }
  Parties(std::initializer_list<std::string> descriptions)
      : Parties(std::span(descriptions.begin(), descriptions.size())) {}

  void add(std::string_view description) {
    const auto id = static_cast<std::int64_t>(all.size() + 1);
    add(id, "a/s/" + std::to_string(id) + "/p", description);
  }
  void add(std::int64_t id, const std::string& key, std::string_view description) {
    all.push_back(party(id, key, description, words));
  }
  const Signature& operator[](std::size_t i) const { return all[i]; }
  std::string_view text(WordId word) const { return words[word].text; }
  // The words, with a blank between them.
  std::string text(std::size_t party, Slice slice) const {
    std::string joined;
    for (const WordId word : all[party].words_of(slice)) {
      joined += (joined.empty() ? "" : " ") + std::string(text(word));
    }
    return joined;
  }
};

}  // namespace cdh
