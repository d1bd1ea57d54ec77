#include "hub/match/address_comparison.hpp"

#include <gtest/gtest.h>

#include "tests/match/levels.hpp"
#include "tests/match/parties.hpp"

namespace cdh {
namespace {

// `a` and `b` as "street|town|postal code", or with "|country".
void check(const std::string& a, const std::string& b, std::string_view expected) {
  const auto address = [](const std::string& text) {
    const auto parts = split(text, '|');
    return "given=Anna; street=" + std::string(parts[0]) + "; town=" + std::string(parts[1]) +
           "; postal=" + std::string(parts[2]) +
           (parts.size() > 3 ? "; country=" + std::string(parts[3]) : "");
  };
  const Parties two{address(a), address(b)};
  const UncountedContext context(two.words);
  WordLikeness likeness(two.words, context.counts);
  const auto level = [&](std::size_t i, std::size_t j) {
    return level_name(MatchField::address,
                      compare_address(likeness, context.frequencies, two[i], two[i].addresses()[0],
                                      two[j], two[j].addresses()[0]));
  };
  EXPECT_EQ(level(0, 1), expected) << a << " and " << b;
  EXPECT_EQ(level(1, 0), expected) << b << " and " << a;
}

// A town's name, and a code of five digits, are those of many countries' towns.
TEST(AddressComparison, OfTwoCountries) {
  check("Hauptstr. 12|Berlin|10115|DE", "Elm Avenue 7|Springfield|10115|US", "differ");
  check("|Berlin|10115|DE", "|Springfield|10115|US", "differ");
  check("|London||GB", "|London||CA", "differ");
  check("12 Main Street|London||GB", "12 Main Street|London||CA", "elsewhere");
  check("Hauptstr. 12|Berlin|10115|DE", "Elm Avenue 7|Springfield|10115", "postal_code");
  check("12 Main Street|London||GB", "12 Main Street|London|", "same");
}

TEST(AddressComparison, OfTheSameStreetAndNumber) {
  check("12 Main Street|York|10-950", "12, Main St.|YORK|10950", "same");
  check("ul. Długa 5/7|York|10-950", "Dluga 5 m. 7|York|10-950", "same");
  check("Dluga 5/7|York|10-950", "Dluga 5|York|10-950", "same");
  check("12 Maple Street|York|", "12 Mapel Street|York|", "same");
  check("31st Street 7|York|", "7 31st Street|York|", "same");
  check("12 Main Street|York|10-950", "12 Main Street|Leeds|10-950", "same");  // by the code
  check("12 Main Street||", "12 Main Street|York|", "same_street_and_number");
  check("12 Main Street|York|10-950", "12 Main Street|Leeds|77-312", "elsewhere");
}

TEST(AddressComparison, OfTheSameStreet) {
  check("Main Street|York|10-950", "12 Main Street|York|10-950", "street");
  check("121 Main Street|York|", "124 Main Street|York|", "street");  // a digit of three is wrong
  check("Main Street||", "12 Main Street|York|", "street_only");
  check("12 Main Street|York|", "48 Main Street|York|", "neighbour");
  check("12 Main Street|York|10-950", "48 Main Street|Leeds|77-312", "part");
}

TEST(AddressComparison, OfTheSamePlace) {
  check("12 Main Street|York|10-950", "12 Church Lane|York|10-950", "number_and_place");
  check("12 Main Street|York|10-950", "48 Church Lane|York|10-950", "postal_code");
  check("|York|10-950", "||10-950", "postal_code");
  check("12 Main Street|York|10-950", "48 Church Lane|York|77-312", "town");
  check("|Szczecin|", "|Szczecni|", "town");
  check("|Warszawa|", "|Warszawa Wola|", "town");
}

TEST(AddressComparison, FindsThePartsOfAnAddressWrittenInOneField) {
  check("12 Main Street York 10950||", "12 Main Street|York|10-950", "same");
  check("12 Main Street York||", "12 Main Street|York|", "same");
}

TEST(AddressComparison, OfAStreetWithoutAName) {
  check("No 321, Street 128|Phnom Penh|", "321 St 128|Phnom Penh|", "same");
}

TEST(AddressComparison, OfAddressesElsewhere) {
  check("12 Main Street|York|10-950", "48 Church Lane|Leeds|77-312", "differ");
  check("||10-950", "||10-951", "part");
  check("12 Main Street||", "|York|", "missing");
}

}  // namespace
}  // namespace cdh
