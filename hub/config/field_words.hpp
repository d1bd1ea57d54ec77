// What a source's field probably holds, by the words of its name.
#pragma once

#include <string_view>

namespace cdh {

// The place of a guess in a mapping.
enum class FieldPlace {
  none,
  key,         // the stream's key
  updated_at,  // the stream's updated_at
  person,      // fields of the person
  organization,
  contact,   // contacts of whoever the record is about
  order,     // fields of a sales_order
  any_name,  // a name; whose depends on the other fields
};

struct FieldGuess {
  FieldPlace place = FieldPlace::none;
  std::string_view field;  // as in the mapping: "given_name", "emails"; PESEL: "identifiers"
};

// Words in English, Polish, German and Chinese. Case, accents, blanks, punctuation and a number at
// the end do not count: "E-Mail 2" is "email".
FieldGuess guess_field(std::string_view name);

}  // namespace cdh
