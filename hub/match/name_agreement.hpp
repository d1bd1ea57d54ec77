// Whether two names can be the name of one customer. Names are folded text, its words parted by
// single blanks, as hub/normalize writes them.
#pragma once

#include <cstdint>
#include <string_view>

namespace cdh {

struct PersonName {
  std::string_view given;   // all given names, "anna maria"
  std::string_view family;  // "nowak kowalska" for Nowak-Kowalska
};

// From worst to best; rules ask for "at least".
enum class NameAgreement : std::uint8_t {
  different,    // the given names, or the organisations' names, disagree
  unknown,      // one name is missing, or there is nothing to compare
  family_only,  // the family names agree, a given name is missing
  given_only,   // the given names agree, the family names differ or one is missing (a marriage)
  partial,      // agree as far as they go: an initial; an organisation's name with words added
  similar,      // agree by a nickname, a second name, half a double name or a typing error
  equal,
};

std::string_view name_of(NameAgreement agreement);

// Order-free (Anna Nowak, Nowak Anna), whether the parts came apart or whole. One typing error is
// forgiven in words of five letters, two from ten on; never one that turns a known given
// name into another. Symmetric.
//
//     compare_person_names({"robert", "smith"}, {"bob", "smith"}) == NameAgreement::similar
//     compare_person_names({"jan", "nowak"}, {"anna", "nowak"}) == NameAgreement::different
NameAgreement compare_person_names(PersonName a, PersonName b);

// Whether the given names are beyond doubt those of two people: stricter than `different`, so that
// two misspelt forms of one name, joined through a third, are not torn apart. Symmetric.
bool given_names_clash(PersonName a, PersonName b);

// Organisations: words in any order, typing errors as above; `partial` when one name of two words
// or more is the other with words added ("acme trading", "acme trading poland"). Numbers, Roman
// ones too, must be the same. Symmetric.
NameAgreement compare_org_names(std::string_view a, std::string_view b);

}  // namespace cdh
