#include "hub/match/match_field.hpp"

#include <array>

namespace cdh {

namespace {

// words, match, household, random, least, most, uses_rarity. One setting, chosen by
// looking at all the data sets of tests/accuracy.

constexpr std::array<LevelPrior, 10> kPersonGiven = {{
    {"equal", 0.72, 0.02, 0.010, -9, 10, true},
    {"a short or pet form", 0.07, -1, 0.002, -9, 8, false},
    {"a typing error apart", 0.10, -1, 0.002, -9, 9, false},
    {"a second name in common", 0.02, -1, 0.002, -9, 7, false},
    {"agrees as an initial", 0.03, -1, 0.004, -9, 4, false},
    {"somewhat alike", 0.03, -1, 0.015, -9, 2.5, false},
    {"alike, but two names", 0.005, -1, 0.01, -9, -3.5, false},
    {"a Chinese and a Western name", 0.01, -1, 0.05, -4, -1, false},
    {"different", 0.012, -1, 0.6, -9, -2.5, false},
    {"two different names", 0.006, -1, 0.355, -9, -5, false},
}};
constexpr std::array<LevelPrior, 6> kPersonFamily = {{
    {"equal", 0.80, 0.85, 0.004, -9, 12, true},
    {"a typing error apart", 0.10, 0.06, 0.001, -9, 9, false},
    {"one part in common", 0.03, 0.02, 0.001, -9, 9, false},
    {"agrees as an initial", 0.01, -1, 0.004, -9, 4, false},
    {"somewhat alike", 0.03, 0.02, 0.01, -9, 4, false},
    {"different", 0.04, -1, 0.98, -5, -2, false},
}};
constexpr std::array<LevelPrior, 9> kPersonBirth = {{
    {"equal", 0.84, 0.02, 0.0002, -9, 14, true},
    {"day and month exchanged", 0.03, -1, 0.0001, -9, 11, false},
    {"one digit apart", 0.07, -1, 0.0012, -9, 7, false},
    {"two of day, month and year equal", 0.03, -1, 0.002, -9, 5, false},
    {"same year, one is a 1 January", 0.01, -1, 0.0005, -9, 5, false},
    {"two digits apart", 0.01, -1, 0.02, -9, 4, false},
    {"different", 0.008, -1, 0.27, -9, -0.5, false},
    {"a generation apart", 0.004, -1, 0.7, -9, -5, false},
    {"year stands in the mailbox", 0.02, -1, 0.0006, 0, 4, false},
}};
constexpr std::array<LevelPrior, 7> kPersonEmail = {{
    {"equal", 0.55, 0.03, 0.0001, -9, 14, true},
    {"equal, but a mailbox of several customers", 0.05, 0.30, 0.0001, -9, 10, true},
    {"equal, a role mailbox", 0.05, 0.05, 0.001, -9, 8, true},
    {"a typing error apart", 0.10, 0.01, 0.0002, -9, 10, false},
    {"equal before the @", 0.05, 0.01, 0.0002, -9, 10, false},
    {"same domain", 0.06, 0.10, 0.01, -9, 7, true},
    {"different", 0.16, -1, 0.99, -9, 0, false},
}};
constexpr std::array<LevelPrior, 5> kPersonPhone = {{
    {"equal", 0.50, 0.05, 0.0001, -9, 12, true},
    {"equal, but a phone of several customers", 0.10, 0.40, 0.0001, -9, 9, true},
    {"equal but for the area or country code", 0.06, 0.02, 0.0001, -9, 11, true},
    {"one digit apart", 0.04, 0.01, 0.0002, -9, 7, false},
    {"different", 0.30, -1, 0.9995, -9, 0, false},
}};
constexpr std::array<LevelPrior, 3> kPersonIdentifier = {{
    {"equal", 0.93, 0.002, 0.00001, -9, 16, true},
    {"one digit apart", 0.05, -1, 0.0001, -9, 9, false},
    {"different", 0.02, -1, 0.9999, -9, -4, false},
}};
constexpr std::array<LevelPrior, 11> kPersonAddress = {{
    {"same street, number and place", 0.50, 0.72, 0.0002, -9, 12, true},
    {"same street and number", 0.05, 0.07, 0.0003, -9, 11, true},
    {"same street and number in another place", 0.04, 0.02, 0.0003, -9, 10, true},
    {"same street and place", 0.06, 0.05, 0.0005, -9, 10, false},
    {"same street", 0.02, 0.02, 0.0006, -9, 8, false},
    {"another number in the street", 0.02, 0.01, 0.002, -9, 5, false},
    {"same number and place", 0.04, 0.02, 0.0003, -9, 8, false},
    {"same postal code", 0.04, 0.02, 0.003, -9, 7, true},
    {"same town", 0.05, 0.03, 0.03, -9, 6, true},
    {"a little alike", 0.03, 0.01, 0.01, -9, 3, false},
    {"different", 0.15, 0.03, 0.95, -9, 0, false},
}};
constexpr std::array<LevelPrior, 2> kPersonSex = {{
    {"equal", 0.97, 0.45, 0.5, -9, 2, false},
    {"different", 0.03, 0.55, 0.5, -9, -2, false},
}};
constexpr std::array<LevelPrior, 2> kPersonGeneration = {{
    {"equal", 0.98, 0.1, 0.4, -9, 3, false},
    {"different", 0.02, 0.9, 0.6, -25, -25, false},
}};
constexpr std::array<LevelPrior, 2> kPersonEmployer = {{
    {"equal", 0.5, 0.03, 0.03, -9, 7, true},
    {"different", 0.5, -1, 0.97, -9, 0, false},
}};
constexpr std::array<LevelPrior, 7> kOrganizationEmail = {{
    {"equal", 0.55, 0.05, 0.0001, -9, 14, true},
    {"equal, but a mailbox of several customers", 0.08, 0.30, 0.0001, -9, 10, true},
    {"equal, a role mailbox", 0.60, 0.30, 0.0001, -9, 14, true},
    {"a typing error apart", 0.08, 0.02, 0.0002, -9, 9, false},
    {"equal before the @", 0.02, 0.02, 0.001, -9, 4, false},
    {"same domain", 0.10, 0.10, 0.0005, -9, 7, true},
    {"different", 0.20, -1, 0.999, -9, 0, false},
}};
constexpr std::array<LevelPrior, 5> kOrganizationPhone = {{
    {"equal", 0.55, 0.05, 0.0001, -9, 12, true},
    {"equal, but a phone of several customers", 0.12, 0.40, 0.0001, -9, 9, true},
    {"equal but for the area or country code", 0.05, 0.03, 0.0001, -9, 11, true},
    {"one digit apart", 0.05, 0.03, 0.0003, -9, 7, false},
    {"different", 0.25, -1, 0.9995, -9, 0, false},
}};
constexpr std::array<LevelPrior, 3> kOrganizationIdentifier = {{
    {"equal", 0.93, 0.02, 0.00001, -9, 16, true},
    {"one digit apart", 0.05, -1, 0.0001, -9, 9, false},
    {"different", 0.02, -1, 0.9999, -9, -5, false},
}};
constexpr std::array<LevelPrior, 11> kOrganizationAddress = {{
    {"same street, number and place", 0.55, 0.02, 0.0002, -9, 12, true},
    {"same street and number", 0.12, 0.01, 0.0003, -9, 11, true},
    {"same street and number in another place", 0.04, 0.01, 0.0003, -9, 10, true},
    {"same street and place", 0.05, 0.02, 0.0005, -9, 10, false},
    {"same street", 0.02, 0.02, 0.0006, -9, 8, false},
    {"another number in the street", 0.02, 0.05, 0.002, -9, 5, false},
    {"same number and place", 0.04, 0.02, 0.0003, -9, 8, false},
    {"same postal code", 0.03, 0.12, 0.003, -9, 5, true},
    {"same town", 0.03, 0.12, 0.03, -9, 4, true},
    {"a little alike", 0.02, 0.05, 0.01, -9, 3, false},
    {"different", 0.08, -1, 0.95, -9, -1, false},
}};
constexpr std::array<LevelPrior, 7> kOrganizationName = {{
    {"equal", 0.45, 0.20, 0.0005, -9, 13, true},
    {"a typing error apart", 0.13, 0.15, 0.0005, -9, 10, false},
    {"one is part of the other", 0.14, 0.15, 0.001, -9, 8, false},
    {"partly alike", 0.12, 0.25, 0.01, -9, 5, false},
    {"alike but for a number", 0.02, 0.10, 0.003, -9, 2, false},
    {"a word in common", 0.06, 0.05, 0.05, -9, 1, false},
    {"different", 0.08, -1, 0.93, -9, -2, false},
}};
constexpr std::array<LevelPrior, 2> kOrganizationDomain = {{
    {"equal", 0.8, 0.2, 0.001, -9, 9, true},
    {"different", 0.2, -1, 0.999, -9, -1, false},
}};

constexpr std::array<double, 10> kNamesakeGiven = {0.86, 0.09,  0.01,  0.01,  0.005,
                                                   0.01, 0.005, 0.002, 0.004, 0.004};
constexpr std::array<double, 6> kNamesakeFamily = {0.92, 0.04, 0.01, 0.005, 0.01, 0.015};
constexpr std::array<double, 7> kNamesakeOrganization = {0.7, 0.15, 0.05, 0.05, 0.02, 0.02, 0.01};

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

}  // namespace cdh
