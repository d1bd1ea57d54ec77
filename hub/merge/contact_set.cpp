#include "hub/merge/contact_set.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>

#include "hub/base/text.hpp"
#include "hub/merge/precedence.hpp"
#include "hub/normalize/fold.hpp"

namespace cdh {

namespace {

constexpr char kSeparator = '\x1f';

struct Contact {
  Candidate candidate;
  std::string identity;  // equal for equal contacts
  bool is_valid = true;  // false: a phone or an e-mail address that is none, or nobody's
};

// Without case, diacritics, blanks and punctuation.
std::string core_of(std::string_view text) {
  std::string folded = fold(text);
  std::erase(folded, ' ');
  return folded;
}

// The first of the named fields that is filled, folded.
std::string identity_by_first(const MappedEntity& contact,
                              std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const std::string_view text = contact.get(find_field(contact.entity, name));
    if (!text.empty()) return ascii_lower(trim(text));
  }
  return {};
}

std::string identity_by_all(const MappedEntity& contact,
                            std::initializer_list<std::string_view> names) {
  std::string identity;
  for (const std::string_view name : names) {
    identity += core_of(contact.get(find_field(contact.entity, name))) + kSeparator;
  }
  return identity;
}

std::string identity_of(const MappedEntity& contact) {
  const KnownEntities& is = known_entities();
  if (contact.entity == is.email) return identity_by_first(contact, {"canonical", "value"});
  if (contact.entity == is.phone) {
    const std::string number = identity_by_first(contact, {"e164", "value"});
    if (number.empty()) return {};
    return number + kSeparator + identity_by_first(contact, {"extension"});
  }
  if (contact.entity == is.postal_address) {
    return identity_by_all(contact, {"street_address", "address_line2", "postal_code",
                                     "address_locality", "address_region", "address_country"});
  }
  if (contact.entity == is.external_identifier) {
    return identity_by_all(contact, {"system", "id_type", "id_value"});
  }
  std::string identity;
  for (const MappedField& field : contact.fields) {
    identity += entity(contact.entity).fields[field.field].name;
    identity += kSeparator;
    identity += core_of(field.text);
    identity += kSeparator;
  }
  return identity;
}

// Ingest gives a canonical form to those only that identify somebody.
bool is_valid(const MappedEntity& contact) {
  const KnownEntities& is = known_entities();
  if (contact.entity == is.email) {
    return !contact.get(find_field(is.email, "canonical")).empty();
  }
  return contact.entity != is.phone || !contact.get(find_field(is.phone, "e164")).empty();
}

Candidate candidate_of(const ProfileMember& member, std::size_t position) {
  const MappedEntity& contact = member.record->entities[position];
  Candidate candidate{.member = &member, .entity = &contact, .position = position};
  for (const MappedField& field : contact.fields) {
    candidate.filled += field.text.empty() ? 0U : 1U;
    candidate.length += field.text.size();
  }
  const FieldId verified = find_field(contact.entity, "verified");
  candidate.verified = verified != kNoField && contact.get(verified) == "true";
  return candidate;
}

bool has_text(const MappedEntity& contact) {
  return std::ranges::any_of(contact.fields,
                             [](const MappedField& field) { return !field.text.empty(); });
}

// The contacts of one kind, best first.
void sort_by_preference(std::vector<Contact>& contacts, std::span<const Survivorship> chain) {
  std::ranges::sort(contacts, [&](const Contact& a, const Contact& b) {
    if (a.is_valid != b.is_valid) return a.is_valid;
    return &a != &b && prefer(a.candidate, b.candidate, chain).first;
  });
}

void count_holders(std::vector<Contact>& contacts) {
  for (Contact& contact : contacts) {
    contact.candidate.holders = static_cast<std::size_t>(std::ranges::count_if(
        contacts, [&](const Contact& other) { return other.identity == contact.identity; }));
  }
}

// Of equal ones the first stays. Quadratic only up to the few contacts a customer has.
void drop_repeats(std::vector<Contact>& contacts) {
  std::vector<Contact> kept;
  kept.reserve(contacts.size());
  for (Contact& contact : contacts) {
    const bool is_known = std::ranges::any_of(
        kept, [&](const Contact& other) { return other.identity == contact.identity; });
    if (!is_known) kept.push_back(std::move(contact));
  }
  contacts = std::move(kept);
}

void append_golden(const std::vector<Contact>& contacts, std::span<const Survivorship> chain,
                   std::vector<GoldenContact>& golden) {
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    const Candidate& candidate = contacts[i].candidate;
    ChosenBy rule = ChosenBy::only;
    if (contacts.size() > 1) {
      const Contact& before = contacts[i == 0 ? 0 : i - 1];
      const Contact& after = contacts[i == 0 ? 1 : i];
      rule = before.is_valid == after.is_valid
                 ? prefer(before.candidate, after.candidate, chain).rule
                 : ChosenBy::valid;
    }
    golden.push_back(
        {candidate.entity->entity, candidate.entity->fields, {candidate.member->party_id, rule}});
  }
}

}  // namespace

std::vector<GoldenContact> collect_contacts(std::span<const ProfileMember> members,
                                            const MergePolicy& policy) {
  std::vector<std::pair<EntityId, std::vector<Contact>>> kinds;
  for (const ProfileMember& member : members) {
    const auto& entities = member.record->entities;
    for (std::size_t i = 0; i < entities.size(); ++i) {
      if (entities[i].owner != static_cast<int>(member.party_index) || !has_text(entities[i]))
        continue;
      const auto kind =
          std::ranges::find(kinds, entities[i].entity, &decltype(kinds)::value_type::first);
      auto& contacts = kind == kinds.end()
                           ? kinds.emplace_back(entities[i].entity, std::vector<Contact>()).second
                           : kind->second;
      contacts.push_back(
          {candidate_of(member, i), identity_of(entities[i]), is_valid(entities[i])});
    }
  }
  std::ranges::sort(kinds, {}, &decltype(kinds)::value_type::first);

  std::vector<GoldenContact> golden;
  for (auto& [kind, contacts] : kinds) {
    const auto chain = chain_of(policy, entity(kind).name);
    if (contacts.size() > 1) {
      count_holders(contacts);
      sort_by_preference(contacts, chain);
      drop_repeats(contacts);
    }
    append_golden(contacts, chain, golden);
  }
  return golden;
}

namespace {

// A contact that no record has. Its value is canonical already where it has a canonical form: a
// phone with an extension has none.
GoldenContact contact_of_pin(EntityId kind, FieldId value, std::string_view text) {
  GoldenContact contact{kind, {{value, std::string(text)}}, {kNoParty, ChosenBy::pinned}};
  const bool is_number =
      text.starts_with('+') && text.find_first_not_of("0123456789", 1) == std::string_view::npos;
  const FieldId canonical = find_field(kind, kind == known_entities().phone ? "e164" : "canonical");
  if (canonical != kNoField && (is_number || kind == known_entities().email)) {
    contact.fields.push_back({canonical, std::string(text)});
  }
  return contact;
}

}  // namespace

void pin_contact(std::string_view entity_name, std::string_view text,
                 std::vector<GoldenContact>& contacts) {
  const EntityId kind = find_entity(entity_name);
  if (kind == kNoEntity || entity(kind).role != EntityRole::contact) return;
  const FieldId value = find_field(kind, entity(kind).value_field);
  const std::string wanted = identity_of({kind, "", -1, {{value, std::string(text)}}, {}, {}});

  const auto first = std::ranges::find(contacts, kind, &GoldenContact::entity);
  const auto pinned = std::ranges::find_if(contacts, [&](const GoldenContact& contact) {
    if (contact.entity != kind) return false;
    const auto field = std::ranges::find(contact.fields, value, &MappedField::field);
    return (field != contact.fields.end() && field->text == text) ||
           identity_of({kind, "", -1, contact.fields, {}, {}}) == wanted;
  });
  if (pinned == contacts.end()) {
    const auto place = std::ranges::find_if(
        contacts, [&](const GoldenContact& contact) { return contact.entity >= kind; });
    contacts.insert(place, contact_of_pin(kind, value, text));
    return;
  }
  pinned->origin.rule = ChosenBy::pinned;
  std::rotate(first, pinned, pinned + 1);
}

}  // namespace cdh
