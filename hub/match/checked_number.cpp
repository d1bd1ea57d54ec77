#include "hub/match/checked_number.hpp"

#include <array>
#include <utility>

namespace cdh {

namespace {

struct Scheme {
  std::string_view name;
  bool (*is_valid)(std::string_view);
  bool is_sole;
};

// A company has one REGON, but each of its branches a longer one of its own.
constexpr std::array<Scheme, 6> kSchemes = {{{"pesel", is_pesel, true},
                                             {"nip", is_nip, true},
                                             {"regon", is_regon, false},
                                             {"uscc", is_uscc, true},
                                             {"resident_id", is_resident_id, true},
                                             {"iban", is_iban, false}}};

Identifier normalize(std::string_view id_type, std::string_view text) {
  for (const std::string_view country : {"PL", "CN"}) {
    Identifier identifier = normalize_identifier(id_type, text, country);
    if (identifier.checksum == Checksum::ok) return identifier;
  }
  return normalize_identifier(id_type, text, "");
}

}  // namespace

CheckedNumber check_number(std::string_view id_type, std::string_view text) {
  Identifier identifier = normalize(id_type, text);
  CheckedNumber number;
  number.canonical = std::move(identifier.canonical);
  number.is_wrong = identifier.checksum == Checksum::bad;
  if (identifier.checksum != Checksum::ok) return number;
  for (const Scheme& scheme : kSchemes) {
    if (!scheme.is_valid(number.canonical)) continue;
    number.scheme = scheme.name;
    number.is_sole = scheme.is_sole;
    break;
  }
  if (number.scheme == "pesel") number.person = person_of_pesel(number.canonical);
  if (number.scheme == "resident_id") number.person = person_of_resident_id(number.canonical);
  return number;
}

}  // namespace cdh
