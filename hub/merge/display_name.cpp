#include "hub/merge/display_name.hpp"

#include <algorithm>
#include <string_view>

#include "hub/base/text.hpp"

namespace cdh {

namespace {

std::string_view field_text(const GoldenProfile& profile, std::string_view name) {
  const FieldId id = find_field(profile.party, name);
  const auto found = std::ranges::find(profile.fields, id, &GoldenField::field);
  return found == profile.fields.end() ? std::string_view() : std::string_view(found->text);
}

std::string_view first_value(const GoldenProfile& profile, EntityId kind) {
  const auto contact = std::ranges::find(profile.contacts, kind, &GoldenContact::entity);
  if (contact == profile.contacts.end()) return {};
  const FieldId value = find_field(kind, entity(kind).value_field);
  const auto field = std::ranges::find(contact->fields, value, &MappedField::field);
  return field == contact->fields.end() ? std::string_view() : std::string_view(field->text);
}

std::string person_name(const GoldenProfile& profile) {
  const std::string_view given = field_text(profile, "given_name");
  const std::string_view family = field_text(profile, "family_name");
  if (begins_with_han(given) && begins_with_han(family)) {
    return std::string(family).append(given);
  }
  std::string name(given);
  if (!given.empty() && !family.empty()) name += ' ';
  name += family;
  return name.empty() ? std::string(field_text(profile, "native_name")) : name;
}

std::string organization_name(const GoldenProfile& profile) {
  const std::string_view name = field_text(profile, "name");
  return std::string(name.empty() ? field_text(profile, "legal_name") : name);
}

}  // namespace

std::string display_name_of(const GoldenProfile& profile) {
  const KnownEntities& is = known_entities();
  std::string name = profile.party == is.person ? person_name(profile) : organization_name(profile);
  if (name.empty()) name = first_value(profile, is.email);
  if (name.empty()) name = first_value(profile, is.phone);
  return name;
}

}  // namespace cdh
