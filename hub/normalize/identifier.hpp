// Numbers by which authorities and banks know people and companies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cdh {

enum class Checksum : std::uint8_t {
  none,  // this kind of number has no check digit that we know
  ok,
  bad,
};

struct Identifier {
  // Upper case without blanks and dashes; leading zeros stay. Empty when the text is blank.
  std::string canonical;
  Checksum checksum = Checksum::none;
  friend bool operator==(const Identifier&, const Identifier&) = default;
};

// `id_type` says what it is, in any case and with any separators: pesel, nip, regon, krs, uscc
// (also 统一社会信用代码), resident_id (also cn_id, 身份证), company_number (Companies House), vat,
// iban; tax_id and registration_id are the `country`'s own. Of every other type nothing is known.
//
//     normalize_identifier("tax_id", "PL 526-025-02-74", "PL")     {"5260250274", ok}
//     normalize_identifier("vat", "123 456 789", "DE")             {"DE123456789", none}
//     normalize_identifier("company_number", "sc12345", "GB")      {"SC012345", none}
//     normalize_identifier("loyalty", "00-ab 17", "PL")            {"00AB17", none}
//
// A Polish NIP is canonical without "PL", other VAT numbers with their country's prefix. A Chinese
// resident id of 15 digits becomes the one of 18 (GB 11643, annex).
Identifier normalize_identifier(std::string_view id_type, std::string_view text,
                                std::string_view country);

// Each takes the canonical form, and fails on a wrong length, character or check digit.
bool is_pesel(std::string_view text);        // Act of 24 September 2010, art. 15
bool is_nip(std::string_view text);          // without "PL"
bool is_regon(std::string_view text);        // 9 or 14 digits
bool is_uscc(std::string_view text);         // GB 32100-2015
bool is_resident_id(std::string_view text);  // GB 11643-1999, 18 characters
bool is_iban(std::string_view text);         // ISO 13616, ISO 7064 MOD 97-10

// What a person's number says about the person.
struct NumberedPerson {
  std::int64_t birth_date = 0;  // days since 1970-01-01
  bool is_female = false;
  friend bool operator==(const NumberedPerson&, const NumberedPerson&) = default;
};
// Nothing when the number fails its check.
std::optional<NumberedPerson> person_of_pesel(std::string_view text);
std::optional<NumberedPerson> person_of_resident_id(std::string_view text);

}  // namespace cdh
