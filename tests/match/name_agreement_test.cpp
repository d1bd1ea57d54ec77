#include "hub/match/name_agreement.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

using enum NameAgreement;

void check_person(PersonName a, PersonName b, NameAgreement expected) {
  EXPECT_EQ(compare_person_names(a, b), expected)
      << a.given << '|' << a.family << " and " << b.given << '|' << b.family;
  EXPECT_EQ(compare_person_names(b, a), expected)
      << b.given << '|' << b.family << " and " << a.given << '|' << a.family;
}

TEST(NameAgreement, OfPersons) {
  check_person({"anna", "nowak"}, {"anna", "nowak"}, equal);
  check_person({"anna", "nowak"}, {"nowak", "anna"}, equal);
  check_person({"", "anna nowak"}, {"anna", "nowak"}, equal);
  check_person({"mary ann", "lee"}, {"maryann", "lee"}, equal);
  check_person({"xiaoming", "wang"}, {"xiao ming", "wang"}, equal);

  check_person({"anna", "nowak"}, {"ania", "nowak"}, similar);
  check_person({"robert", "smith"}, {"bob", "smith"}, similar);
  check_person({"rob", "smith"}, {"bob", "smith"}, similar);
  check_person({"malgorzata", "kowalska"}, {"gosia", "kowalska"}, similar);
  check_person({"anna", "nowak"}, {"anna maria", "nowak"}, similar);
  check_person({"anna", "nowak kowalska"}, {"anna", "kowalska"}, similar);
  check_person({"anna", "kowalski"}, {"anna", "kowalska"}, similar);
  check_person({"krzysztof", "nowak"}, {"krzystof", "nowak"}, similar);
  check_person({"anna", "wisniewska"}, {"anna", "wisneiwska"}, similar);

  check_person({"madeline", "mason"}, {"masno", "madeline"}, similar);
  check_person({"dylan", "zilm"}, {"dyan", "zilm"}, similar);

  check_person({"j", "smith"}, {"john", "smith"}, partial);
  check_person({"anna", "n"}, {"anna", "nowak"}, partial);
  check_person({"xiaoming", "wang"}, {"ming", "wang"}, partial);

  check_person({"anna", "nowak"}, {"anna", "kowalska"}, given_only);
  check_person({"anna", ""}, {"anna", "kowalska"}, given_only);
  check_person({"xiaoming", ""}, {"ming", "wang"}, given_only);
  check_person({"", "nowak"}, {"anna", "nowak"}, family_only);
  check_person({"a", ""}, {"anna", "nowak"}, unknown);
  check_person({"", ""}, {"anna", "nowak"}, unknown);
  check_person({"anna", ""}, {"", "nowak"}, unknown);

  check_person({"anna", "nowak"}, {"jan", "nowak"}, different);
  check_person({"jan maria", "nowak"}, {"anna maria", "nowak"}, different);
  check_person({"j", "smith"}, {"john", "brown"}, different);
}

// Brothers, sisters and couples whose names are one letter apart.
TEST(NameAgreement, KeepsNamesThatAreOneLetterApart) {
  for (const auto& [a, b] :
       {std::pair("jan", "jon"), std::pair("maria", "marta"), std::pair("adrian", "adriana"),
        std::pair("mario", "maria"), std::pair("daniel", "daniele"), std::pair("julian", "juliana"),
        std::pair("erica", "erika"), std::pair("wei", "wen")}) {
    check_person({a, "nowak"}, {b, "nowak"}, different);
  }
}

TEST(NameAgreement, OfOrganizations) {
  const auto check = [](std::string_view a, std::string_view b, NameAgreement expected) {
    EXPECT_EQ(compare_org_names(a, b), expected) << a << " and " << b;
    EXPECT_EQ(compare_org_names(b, a), expected) << b << " and " << a;
  };
  check("acme trading", "acme trading", equal);
  check("acme trading", "trading acme", equal);
  check("salvation army temple", "salvationarmy temple", equal);
  check("acme trading", "acme trading poland", partial);
  check("firman community east", "firman community west", different);
  check("shining star ii", "shining star iii", different);
  check("acme trading", "acme tradng", similar);
  check("bank", "bank polski", different);
  check("acme", "acne", different);
  check("szkola podstawowa nr 5", "szkola podstawowa nr 6", different);
  check("", "acme", unknown);
}

TEST(NameAgreement, ClashesOnlyBeyondDoubt) {
  const auto check = [](std::string_view a, std::string_view b, bool expected) {
    EXPECT_EQ(given_names_clash({a, "nowak"}, {b, "nowak"}), expected) << a << " and " << b;
  };
  check("anna", "jan", true);
  check("john", "jane", true);
  check("jan", "jon", true);
  check("marta", "maria", true);
  check("anna", "ania", false);
  check("j", "jane", false);
  check("", "jane", false);
  check("krzysztof", "kryztof", false);
  check("christo", "christopherus", false);
  EXPECT_FALSE(given_names_clash({"anna", "nowak"}, {"nowak", "anna"}));
}

}  // namespace
}  // namespace cdh
