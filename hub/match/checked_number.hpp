// Numbers of authorities and banks that can be told by their check digits, however a source calls
// them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hub/normalize/identifier.hpp"

namespace cdh {

struct CheckedNumber {
  std::string canonical;
  // "pesel", "nip", "regon", "uscc", "resident_id", "iban"; blank when the check digits are not
  // right, or the kind of number is not known. A NIP is one whether its type says nip, vat or
  // tax_id.
  std::string_view scheme;
  bool is_wrong = false;  // the type asks for a check digit, and it is not right
  // Everybody has at most one, and nobody has another's: not so a bank account.
  bool is_sole = false;
  std::optional<NumberedPerson> person;  // what the number says of its holder
};

// A tax_id or registration_id whose country is not known is tried as a Polish and a Chinese one.
CheckedNumber check_number(std::string_view id_type, std::string_view text);

}  // namespace cdh
