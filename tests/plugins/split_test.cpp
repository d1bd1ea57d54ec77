// The transform "split": a name, an address or a list, in one field N.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/transform_run.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

// The parts, named by short columns: given, more, family, prefix, suffix.
void check_name(const std::string& given, const std::string& expected,
                const std::string& order = "auto") {
  SCOPED_TRACE(given);
  const std::string text =
      transformed("split",
                  "{field: N, kind: name, order: " + order +
                      ", into: {given_name: g, additional_name: a, family_name: f, "
                      "honorific_prefix: p, honorific_suffix: s}}",
                  {{"N", text_value(given)}});
  EXPECT_EQ(text, "N=" + given + ", " + expected);
}

TEST(SplitName, GivenNamesFirst) {
  check_name("Jan Kowalski", "g=Jan, f=Kowalski");
  check_name("Jan Maria Rokita", "g=Jan, a=Maria, f=Rokita");
  check_name("  Anna   Nowak - Zielińska ", "g=Anna, f=Nowak-Zielińska");
  check_name("John F. Kennedy", "g=John, a=F., f=Kennedy");
  check_name("AB Smith", "g=AB, f=Smith");
  check_name("Madonna", "g=Madonna");
}

TEST(SplitName, ParticlesBelongToTheFamilyName) {
  check_name("Ludwig van Beethoven", "g=Ludwig, f=van Beethoven");
  check_name("Maria de la Cruz", "g=Maria, f=de la Cruz");
  check_name("José Luis da Silva e Souza", "g=José, a=Luis, f=da Silva e Souza");
  check_name("LUDWIG VAN BEETHOVEN", "g=LUDWIG, f=VAN BEETHOVEN");
  check_name("von der Leyen", "f=von der Leyen");
  check_name("Al Gore", "g=Al, f=Gore");
}

TEST(SplitName, TitlesAndSuffixes) {
  check_name("Dr. Jan Kowalski", "g=Jan, f=Kowalski, p=Dr.");
  check_name("mgr inż. Jan Kowalski", "g=Jan, f=Kowalski, p=mgr inż.");
  check_name("prof. dr hab. Anna Nowak", "g=Anna, f=Nowak, p=prof. dr hab.");
  check_name("Mr. & Mrs. John Smith Jr.", "g=John, f=Smith, p=Mr. & Mrs., s=Jr.");
  check_name("Ms Jane Doe, PhD, MBA", "g=Jane, f=Doe, p=Ms, s=PhD MBA");
  check_name("John Smith III", "g=John, f=Smith, s=III");
  check_name("Dr Watson", "f=Watson, p=Dr");
  check_name("Kowalski Jan, mgr inż.", "g=Jan, f=Kowalski, p=mgr inż.");
  check_name("Pan Jan Kowalski", "g=Jan, f=Kowalski, p=Pan");
  check_name("Jack Ma", "g=Jack, f=Ma");
}

TEST(SplitName, ACommaTellsTheOrder) {
  check_name("Kowalski, Jan", "g=Jan, f=Kowalski");
  check_name("Beethoven, Ludwig van", "g=Ludwig, f=van Beethoven");
  check_name("Smith, John Paul, Jr.", "g=John, a=Paul, f=Smith, s=Jr.");
  check_name("Kowalski, dr Jan", "g=Jan, f=Kowalski, p=dr", "given_first");
}

TEST(SplitName, CapitalsTellTheFamilyName) {
  check_name("KOWALSKI Jan", "g=Jan, f=KOWALSKI");
  check_name("Wei LI", "g=Wei, f=LI");
  check_name("Charles de GAULLE", "g=Charles, f=de GAULLE");
  check_name("NOWAK JAN", "g=NOWAK, f=JAN");
  check_name("KOWALSKI Jan", "g=KOWALSKI, f=Jan", "given_first");
}

TEST(SplitName, APolishEndingTellsTheFamilyName) {
  check_name("Szymańska Danuta", "g=Danuta, f=Szymańska");
  check_name("Kowalska Anna Maria", "g=Anna, a=Maria, f=Kowalska");
  check_name("KOWALSKI JAN", "g=JAN, f=KOWALSKI");
  check_name("dr Adamczyk Ewa", "g=Ewa, f=Adamczyk, p=dr");
  check_name("Anna Kowalska", "g=Anna, f=Kowalska");
  check_name("Kowalska Lisicka", "g=Kowalska, f=Lisicka");
  check_name("Franciszka Lis", "g=Franciszka, f=Lis");
  check_name("Kowalski Jan", "g=Kowalski, f=Jan", "given_first");
}

TEST(SplitName, FamilyNameFirstWhereTheOrderSaysSo) {
  check_name("Zhang Wei", "g=Wei, f=Zhang", "family_first");
  check_name("Pan Wei Ming", "g=Wei, a=Ming, f=Pan", "family_first");
  check_name("Nagy Anna Mária", "g=Anna, a=Mária, f=Nagy", "family_first");
  check_name("Nagy", "f=Nagy", "family_first");
}

TEST(SplitName, ChineseAndKoreanCharacters) {
  check_name("王小明", "g=小明, f=王");
  check_name("李娜女士", "g=娜, f=李, p=女士");
  check_name("欧阳娜娜", "g=娜娜, f=欧阳");
  check_name("司马光", "g=光, f=司马");
  check_name("欧阳", "g=阳, f=欧");
  check_name("张 小 明", "g=小明, f=张");
  check_name("陈方安生", "g=安生, f=陈方");
  check_name("约翰·史密斯", "g=约翰, f=史密斯");
  check_name("김민수", "g=민수, f=김");
}

TEST(SplitName, PartsThatAreNotThereLeaveTheirColumns) {
  EXPECT_EQ(transformed("split", "{field: N, kind: name}",
                        {{"N", text_value("Jan Nowak")}, {"honorific_prefix", text_value("dr")}}),
            "N=Jan Nowak, honorific_prefix=dr, given_name=Jan, family_name=Nowak");
  EXPECT_EQ(transformed("split", "{field: N, kind: name}", {{"N", null_value()}}), "N=null");
  EXPECT_EQ(transformed("split", "{field: N, kind: name}", {{"N", integer_value(5)}}), "N=5");
}

// The parts: street, line2, code, city, region, country.
void check_address(const std::string& given, const std::string& expected,
                   const std::string& country = "auto") {
  SCOPED_TRACE(given);
  const std::string text =
      transformed("split",
                  "{field: N, kind: address, country: " + country +
                      ", into: {street_address: street, address_line2: line2, postal_code: code, "
                      "address_locality: city, address_region: region, address_country: country}}",
                  {{"N", text_value(given)}});
  EXPECT_EQ(text, "N=" + given + ", " + expected);
}

TEST(SplitAddress, Polish) {
  check_address("ul. Długa 5/7 m. 3, 00-238 Warszawa, Polska",
                "street=ul. Długa 5/7, line2=m. 3, code=00-238, city=Warszawa, country=PL");
  check_address("Długa 5, 00-238 Warszawa", "street=Długa 5, code=00-238, city=Warszawa");
  check_address("Długa 5 00-238 Warszawa", "street=Długa 5, code=00-238, city=Warszawa");
  check_address("Długa 5, Warszawa 00-238", "street=Długa 5, code=00-238, city=Warszawa");
  check_address("Długa 5, Warszawa, 00-238", "street=Długa 5, code=00-238, city=Warszawa");
  check_address("00-238 Warszawa, ul. Długa 5", "street=ul. Długa 5, code=00-238, city=Warszawa");
  check_address("os. Słoneczne, ul. Długa 5 lok. 12\n31-950 Kraków\nwoj. małopolskie",
                "street=os. Słoneczne, ul. Długa 5, line2=lok. 12, code=31-950, city=Kraków, "
                "region=woj. małopolskie");
  check_address("ul. Długa 5", "street=ul. Długa 5", "PL");
}

TEST(SplitAddress, British) {
  check_address("10 Downing Street, London SW1A 2AA",
                "street=10 Downing Street, code=SW1A 2AA, city=London");
  check_address("Flat 3, 12 High Street, Leeds, West Yorkshire, LS1 4AB, UK",
                "street=12 High Street, line2=Flat 3, code=LS1 4AB, city=Leeds, "
                "region=West Yorkshire, country=GB");
  check_address("12 High Street, Leeds LS1 4AB England",
                "street=12 High Street, code=LS1 4AB, city=Leeds, country=GB");
}

TEST(SplitAddress, American) {
  check_address("1515 Adela Ln, Las Vegas, NV 89111",
                "street=1515 Adela Ln, code=89111, city=Las Vegas, region=NV");
  check_address("123 Main St Apt 4B, Dallas, Texas 75201-1234, USA",
                "street=123 Main St, line2=Apt 4B, code=75201-1234, city=Dallas, region=Texas, "
                "country=US");
  check_address("350 5th Ave, New York NY 10118",
                "street=350 5th Ave, code=10118, city=New York, region=NY");
  check_address("1515 Adela Ln Las Vegas NV 89111",
                "street=1515 Adela Ln Las Vegas, code=89111, region=NV");
  check_address("Suite 200, 1 Elm St, Reno", "street=1 Elm St, line2=Suite 200, city=Reno", "US");
}

TEST(SplitAddress, Chinese) {
  check_address("北京市朝阳区建国路88号", "street=朝阳区建国路88号, city=北京市");
  check_address(
      "中国广东省深圳市南山区科技园路1号2栋301室 518000",
      "street=南山区科技园路1号, line2=2栋301室, code=518000, city=深圳市, region=广东省, "
      "country=CN");
  check_address("上海市 浦东新区 世纪大道100号", "street=浦东新区世纪大道100号, city=上海市");
}

TEST(SplitAddress, WhatNoRuleTellsStaysTogether) {
  check_address("Hauptstraße 5, 10115 Berlin", "street=Hauptstraße 5, 10115 Berlin");
  check_address("Hauptstraße 5, 10115 Berlin, Niemcy",
                "street=Hauptstraße 5, 10115 Berlin, country=DE");
  check_address("PO Box 7", "street=PO Box 7");
}

TEST(SplitList, PartsGoToColumnsAndTheLastTakesTheRest) {
  const auto check = [](const std::string& options, const std::string& given,
                        const std::string& expected) {
    EXPECT_EQ(transformed("split", "{field: N, kind: separator, " + options + "}",
                          {{"N", text_value(given)}}),
              "N=" + given + expected);
  };
  check("separator: ';', columns: [P, Q]", "1; 2", ", P=1, Q=2");
  check("separator: ';', columns: [P, Q]", "1;2;3", ", P=1, Q=2;3");
  check("separator: ';', columns: [P, Q]", "1", ", P=1");
  check("separator: ';', columns: [P, Q]", ";2", ", Q=2");
  check("separator: ' / ', columns: [P, Q, R], limit: 2", "1 / 2 / 3", ", P=1, Q=2 / 3");
}

TEST(Split, WrongOptionsNameTheOption) {
  EXPECT_THAT(config_error("split", "{field: N, kind: separator, columns: [P]}"),
              HasSubstr("separator"));
  EXPECT_THAT(config_error("split", "{field: N, kind: separator, separator: ';'}"),
              HasSubstr("columns"));
  EXPECT_THAT(config_error("split", "{field: N, kind: name, country: PL}"),
              HasSubstr("belongs to kind: address"));
  EXPECT_THAT(config_error("split", "{field: N, kind: name, into: {firstname: X}}"),
              HasSubstr("there is no part \"firstname\"; the parts are: given_name"));
  EXPECT_THAT(
      config_error("split", "{field: N, kind: separator, separator: ';', columns: [P], limit: 2}"),
      HasSubstr("limit"));
}

}  // namespace
}  // namespace cdh
