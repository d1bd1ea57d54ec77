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
  affiliation,  // fields of the person's place in the organization
  contact,      // contacts of whoever the record is about
  order,        // fields of a sales_order
  street_part,  // "house", "flat": a number that belongs behind the street
  whole_name,   // a person's, to be split; `field` is the order where the field's name tells it
  any_name,     // a name; whose depends on the other fields
};

struct FieldGuess {
  FieldPlace place = FieldPlace::none;
  std::string_view field;  // as in the mapping: "given_name", "emails"; PESEL: "identifiers"
};

// Words in English, Polish, German and Chinese, and the columns of common exports. Case, accents,
// blanks, punctuation and digits do not count: "E-Mail 2" is "email", and only "Address 2" is the
// second line of an address.
FieldGuess guess_field(std::string_view name);

}  // namespace cdh
