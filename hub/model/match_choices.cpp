#include "hub/model/match_choices.hpp"

#include <array>

namespace cdh {

namespace {

struct FieldNames {
  std::string_view name, words;
};
constexpr std::array<FieldNames, kMatchFields> kFields = {{{"given", "given name"},
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

constexpr std::array<std::string_view, 10> kGiven = {
    "exact", "nickname", "typing_error", "second_name", "initial",
    "loose", "alike",    "mixed",        "differ",      "other_name"};
constexpr std::array<std::string_view, 6> kFamily = {"exact",   "typing_error", "part",
                                                     "initial", "loose",        "differ"};
constexpr std::array<std::string_view, 9> kBirth = {"exact",     "swapped",    "digit",
                                                    "two_parts", "year",       "two_digits",
                                                    "differ",    "generation", "mailbox_year"};
constexpr std::array<std::string_view, 7> kEmail = {"exact",      "shared", "role",  "typing_error",
                                                    "local_part", "domain", "differ"};
constexpr std::array<std::string_view, 5> kPhone = {"exact", "shared", "suffix", "digit", "differ"};
constexpr std::array<std::string_view, 3> kIdentifier = {"exact", "near", "differ"};
constexpr std::array<std::string_view, 11> kAddress = {
    "same",      "same_street_and_number", "elsewhere",   "street", "street_only",
    "neighbour", "number_and_place",       "postal_code", "town",   "part",
    "differ"};
constexpr std::array<std::string_view, 7> kOrganization = {
    "exact", "typing_error", "contained", "partial", "numbers_differ", "weak", "differ"};
constexpr std::array<std::string_view, 2> kBinary = {"agree", "differ"};

constexpr std::array<std::string_view, kBlockingPasses> kPasses = {"identifier",
                                                                   "email",
                                                                   "mail_local",
                                                                   "mail_local_start",
                                                                   "phone",
                                                                   "phone_ending",
                                                                   "names",
                                                                   "birth",
                                                                   "name_and_year",
                                                                   "name_and_day",
                                                                   "name_and_place",
                                                                   "family_name",
                                                                   "street",
                                                                   "number_and_place",
                                                                   "street_word",
                                                                   "organization",
                                                                   "organization_start",
                                                                   "organization_word",
                                                                   "name_and_employer",
                                                                   "domain",
                                                                   "equal"};

}  // namespace

std::string_view name_of(MatchField field) { return kFields[static_cast<std::size_t>(field)].name; }

std::string_view words_of(MatchField field) {
  return kFields[static_cast<std::size_t>(field)].words;
}

std::optional<MatchField> find_match_field(std::string_view name) {
  for (std::size_t i = 0; i < kMatchFields; ++i) {
    if (kFields[i].name == name) return static_cast<MatchField>(i);
  }
  return std::nullopt;
}

std::span<const std::string_view> level_names(MatchField field) {
  switch (field) {
    case MatchField::given:
      return kGiven;
    case MatchField::family:
      return kFamily;
    case MatchField::birth:
      return kBirth;
    case MatchField::email:
      return kEmail;
    case MatchField::phone:
      return kPhone;
    case MatchField::identifier:
      return kIdentifier;
    case MatchField::address:
      return kAddress;
    case MatchField::organization:
      return kOrganization;
    default:
      return kBinary;
  }
}

std::string_view name_of(BlockingPass pass) { return kPasses[static_cast<std::size_t>(pass)]; }

}  // namespace cdh
