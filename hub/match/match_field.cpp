#include "hub/match/match_field.hpp"

#include <array>

namespace cdh {

namespace {

// name, words, match, household, random, least, most, uses_rarity. One setting, chosen by
// looking at all the data sets of tests/accuracy.

constexpr std::array<LevelPrior, 10> kPersonGiven = {{
    {"exact", "equal", 0.72, 0.02, 0.010, -9, 10, true},
    {"nickname", "a short or pet form", 0.07, -1, 0.002, -9, 8, false},
    {"typing_error", "a typing error apart", 0.10, -1, 0.002, -9, 9, false},
    {"second_name", "a second name in common", 0.02, -1, 0.002, -9, 7, false},
    {"initial", "agrees as an initial", 0.03, -1, 0.004, -9, 4, false},
    {"loose", "somewhat alike", 0.03, -1, 0.015, -9, 2.5, false},
    {"alike", "alike, but two names", 0.005, -1, 0.01, -9, -2, false},
    {"mixed", "a Chinese and a Western name", 0.01, -1, 0.05, -4, -1, false},
    {"differ", "different", 0.012, -1, 0.6, -9, -2.5, false},
    {"other_name", "two different names", 0.006, -1, 0.355, -9, -5, false},
}};
constexpr std::array<LevelPrior, 6> kPersonFamily = {{
    {"exact", "equal", 0.80, 0.85, 0.004, -9, 12, true},
    {"typing_error", "a typing error apart", 0.10, 0.06, 0.001, -9, 9, false},
    {"part", "one part in common", 0.03, 0.02, 0.001, -9, 9, false},
    {"initial", "agrees as an initial", 0.01, -1, 0.004, -9, 4, false},
    {"loose", "somewhat alike", 0.03, 0.02, 0.01, -9, 4, false},
    {"differ", "different", 0.04, -1, 0.98, -5, -2, false},
}};
constexpr std::array<LevelPrior, 9> kPersonBirth = {{
    {"exact", "equal", 0.84, 0.02, 0.0002, -9, 14, true},
    {"swapped", "day and month exchanged", 0.03, -1, 0.0001, -9, 11, false},
    {"digit", "one digit apart", 0.07, -1, 0.0012, -9, 7, false},
    {"two_parts", "two of day, month and year equal", 0.03, -1, 0.002, -9, 5, false},
    {"year", "same year, one is a 1 January", 0.01, -1, 0.0005, -9, 5, false},
    {"two_digits", "two digits apart", 0.01, -1, 0.02, -9, 4, false},
    {"differ", "different", 0.008, -1, 0.27, -9, -0.5, false},
    {"generation", "a generation apart", 0.004, -1, 0.7, -9, -5, false},
    {"mailbox_year", "year stands in the mailbox", 0.02, -1, 0.0006, 0, 4, false},
}};
constexpr std::array<LevelPrior, 7> kPersonEmail = {{
    {"exact", "equal", 0.55, 0.03, 0.0001, -9, 14, true},
    {"shared", "equal, but a mailbox of several customers", 0.05, 0.30, 0.0001, -9, 10, true},
    {"role", "equal, a role mailbox", 0.05, 0.05, 0.001, -9, 8, true},
    {"typing_error", "a typing error apart", 0.10, 0.01, 0.0002, -9, 10, false},
    {"local_part", "equal before the @", 0.05, 0.01, 0.0002, -9, 10, false},
    {"domain", "same domain", 0.06, 0.10, 0.01, -9, 7, true},
    {"differ", "different", 0.16, -1, 0.99, -9, 0, false},
}};
constexpr std::array<LevelPrior, 5> kPersonPhone = {{
    {"exact", "equal", 0.50, 0.05, 0.0001, -9, 12, true},
    {"shared", "equal, but a phone of several customers", 0.10, 0.40, 0.0001, -9, 9, true},
    {"suffix", "equal but for the area or country code", 0.06, 0.02, 0.0001, -9, 11, true},
    {"digit", "one digit apart", 0.04, 0.01, 0.0002, -9, 7, false},
    {"differ", "different", 0.30, -1, 0.9995, -9, 0, false},
}};
constexpr std::array<LevelPrior, 3> kPersonIdentifier = {{
    {"exact", "equal", 0.93, 0.002, 0.00001, -9, 16, true},
    {"near", "one digit apart", 0.05, -1, 0.0001, -9, 9, false},
    {"differ", "different", 0.02, -1, 0.9999, -9, -4, false},
}};
constexpr std::array<LevelPrior, 11> kPersonAddress = {{
    {"same", "same street, number and place", 0.50, 0.72, 0.0002, -9, 12, true},
    {"same_street_and_number", "same street and number", 0.05, 0.07, 0.0003, -9, 11, true},
    {"elsewhere", "same street and number in another place", 0.04, 0.02, 0.0003, -9, 10, true},
    {"street", "same street and place", 0.06, 0.05, 0.0005, -9, 10, false},
    {"street_only", "same street", 0.02, 0.02, 0.0006, -9, 8, false},
    {"neighbour", "another number in the street", 0.02, 0.01, 0.002, -9, 5, false},
    {"number_and_place", "same number and place", 0.04, 0.02, 0.0003, -9, 8, false},
    {"postal_code", "same postal code", 0.04, 0.02, 0.003, -9, 7, true},
    {"town", "same town", 0.05, 0.03, 0.03, -9, 6, true},
    {"part", "a little alike", 0.03, 0.01, 0.01, -9, 3, false},
    {"differ", "different", 0.15, 0.03, 0.95, -9, 0, false},
}};
constexpr std::array<LevelPrior, 2> kPersonSex = {{
    {"agree", "equal", 0.97, 0.45, 0.5, -9, 2, false},
    {"differ", "different", 0.03, 0.55, 0.5, -9, -2, false},
}};
constexpr std::array<LevelPrior, 2> kPersonGeneration = {{
    {"agree", "equal", 0.98, 0.1, 0.4, -9, 3, false},
    {"differ", "different", 0.02, 0.9, 0.6, -25, -25, false},
}};
constexpr std::array<LevelPrior, 2> kPersonEmployer = {{
    {"agree", "equal", 0.5, 0.03, 0.03, -9, 7, true},
    {"differ", "different", 0.5, -1, 0.97, -9, 0, false},
}};
constexpr std::array<LevelPrior, 7> kOrganizationEmail = {{
    {"exact", "equal", 0.55, 0.05, 0.0001, -9, 14, true},
    {"shared", "equal, but a mailbox of several customers", 0.08, 0.30, 0.0001, -9, 10, true},
    {"role", "equal, a role mailbox", 0.60, 0.30, 0.0001, -9, 14, true},
    {"typing_error", "a typing error apart", 0.08, 0.02, 0.0002, -9, 9, false},
    {"local_part", "equal before the @", 0.02, 0.02, 0.001, -9, 4, false},
    {"domain", "same domain", 0.10, 0.10, 0.0005, -9, 7, true},
    {"differ", "different", 0.20, -1, 0.999, -9, 0, false},
}};
constexpr std::array<LevelPrior, 5> kOrganizationPhone = {{
    {"exact", "equal", 0.55, 0.05, 0.0001, -9, 12, true},
    {"shared", "equal, but a phone of several customers", 0.12, 0.40, 0.0001, -9, 9, true},
    {"suffix", "equal but for the area or country code", 0.05, 0.03, 0.0001, -9, 11, true},
    {"digit", "one digit apart", 0.05, 0.03, 0.0003, -9, 7, false},
    {"differ", "different", 0.25, -1, 0.9995, -9, 0, false},
}};
constexpr std::array<LevelPrior, 3> kOrganizationIdentifier = {{
    {"exact", "equal", 0.93, 0.02, 0.00001, -9, 16, true},
    {"near", "one digit apart", 0.05, -1, 0.0001, -9, 9, false},
    {"differ", "different", 0.02, -1, 0.9999, -9, -5, false},
}};
constexpr std::array<LevelPrior, 11> kOrganizationAddress = {{
    {"same", "same street, number and place", 0.55, 0.02, 0.0002, -9, 12, true},
    {"same_street_and_number", "same street and number", 0.12, 0.01, 0.0003, -9, 11, true},
    {"elsewhere", "same street and number in another place", 0.04, 0.01, 0.0003, -9, 10, true},
    {"street", "same street and place", 0.05, 0.02, 0.0005, -9, 10, false},
    {"street_only", "same street", 0.02, 0.02, 0.0006, -9, 8, false},
    {"neighbour", "another number in the street", 0.02, 0.05, 0.002, -9, 5, false},
    {"number_and_place", "same number and place", 0.04, 0.02, 0.0003, -9, 8, false},
    {"postal_code", "same postal code", 0.03, 0.12, 0.003, -9, 5, true},
    {"town", "same town", 0.03, 0.12, 0.03, -9, 4, true},
    {"part", "a little alike", 0.02, 0.05, 0.01, -9, 3, false},
    {"differ", "different", 0.08, -1, 0.95, -9, -1, false},
}};
constexpr std::array<LevelPrior, 7> kOrganizationName = {{
    {"exact", "equal", 0.45, 0.20, 0.0005, -9, 13, true},
    {"typing_error", "a typing error apart", 0.13, 0.15, 0.0005, -9, 10, false},
    {"contained", "one is part of the other", 0.14, 0.15, 0.001, -9, 8, false},
    {"partial", "partly alike", 0.12, 0.25, 0.01, -9, 5, false},
    {"numbers_differ", "alike but for a number", 0.02, 0.10, 0.003, -9, 2, false},
    {"weak", "a word in common", 0.06, 0.05, 0.05, -9, 1, false},
    {"differ", "different", 0.08, -1, 0.93, -9, -2, false},
}};
constexpr std::array<LevelPrior, 2> kOrganizationDomain = {{
    {"agree", "equal", 0.8, 0.2, 0.001, -9, 9, true},
    {"differ", "different", 0.2, -1, 0.999, -9, -1, false},
}};

constexpr std::array<double, 10> kNamesakeGiven = {0.86, 0.09,  0.01,  0.01,  0.005,
                                                   0.01, 0.005, 0.002, 0.004, 0.004};
constexpr std::array<double, 6> kNamesakeFamily = {0.92, 0.04, 0.01, 0.005, 0.01, 0.015};
constexpr std::array<double, 7> kNamesakeOrganization = {0.7, 0.15, 0.05, 0.05, 0.02, 0.02, 0.01};

struct FieldNames {
  std::string_view name;
  std::string_view words;
};

constexpr std::array<FieldNames, kMatchFields> kFieldNames = {{{"given", "given name"},
                                                               {"family", "family name"},
                                                               {"birth", "birth date"},
                                                               {"email", "e-mail address"},
                                                               {"phone", "phone number"},
                                                               {"identifier", "identifier"},
                                                               {"address", "address"},
                                                               {"sex", "sex"},
                                                               {"generation", "generation"},
                                                               {"organization", "name"},
                                                               {"employer", "employer"},
                                                               {"domain", "internet domain"}}};

std::span<const LevelPrior> person_priors(MatchField field) {
  switch (field) {
    case MatchField::given:
      return kPersonGiven;
    case MatchField::family:
      return kPersonFamily;
    case MatchField::birth:
      return kPersonBirth;
    case MatchField::email:
      return kPersonEmail;
    case MatchField::phone:
      return kPersonPhone;
    case MatchField::identifier:
      return kPersonIdentifier;
    case MatchField::address:
      return kPersonAddress;
    case MatchField::sex:
      return kPersonSex;
    case MatchField::generation:
      return kPersonGeneration;
    case MatchField::employer:
      return kPersonEmployer;
    default:
      return {};
  }
}

std::span<const LevelPrior> organization_priors(MatchField field) {
  switch (field) {
    case MatchField::email:
      return kOrganizationEmail;
    case MatchField::phone:
      return kOrganizationPhone;
    case MatchField::identifier:
      return kOrganizationIdentifier;
    case MatchField::address:
      return kOrganizationAddress;
    case MatchField::organization:
      return kOrganizationName;
    case MatchField::domain:
      return kOrganizationDomain;
    default:
      return {};
  }
}

}  // namespace

std::span<const LevelPrior> level_priors(PartyKind kind, MatchField field) {
  return kind == PartyKind::person ? person_priors(field) : organization_priors(field);
}

std::span<const double> namesake_priors(PartyKind kind, MatchField field) {
  if (kind == PartyKind::organization) {
    if (field == MatchField::organization) return kNamesakeOrganization;
    return {};
  }
  if (field == MatchField::given) return kNamesakeGiven;
  if (field == MatchField::family) return kNamesakeFamily;
  return {};
}

LevelMeaning meaning_of(MatchField field, Level level) {
  // The first level that is only alike, and the first that differs.
  struct Bounds {
    Level similar, different;
  };
  constexpr std::array<Bounds, kMatchFields> kBounds = {
      {{given_level::nickname, given_level::alike},
       {family_level::typing_error, family_level::differ},
       {birth_level::swapped, birth_level::differ},
       {email_level::typing_error, email_level::differ},
       {phone_level::suffix, phone_level::differ},
       {identifier_level::near, identifier_level::differ},
       {address_level::same_street_and_number, address_level::part},
       {binary_level::differ, binary_level::differ},
       {binary_level::differ, binary_level::differ},
       {organization_level::typing_error, organization_level::numbers_differ},
       {binary_level::differ, binary_level::differ},
       {binary_level::differ, binary_level::differ}}};
  if (level == kMissing) return LevelMeaning::unknown;
  if (field == MatchField::birth && level == birth_level::mailbox_year)
    return LevelMeaning::similar;
  const Bounds& bounds = kBounds[static_cast<std::size_t>(field)];
  if (level < bounds.similar) return LevelMeaning::same;
  return level < bounds.different ? LevelMeaning::similar : LevelMeaning::different;
}

std::string_view words_of(MatchField field) {
  return kFieldNames[static_cast<std::size_t>(field)].words;
}

std::string_view name_of(MatchField field) {
  return kFieldNames[static_cast<std::size_t>(field)].name;
}

}  // namespace cdh
