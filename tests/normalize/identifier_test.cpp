#include "hub/normalize/identifier.hpp"

#include <gtest/gtest.h>

#include "hub/base/time.hpp"

namespace cdh {
namespace {

void check(std::string_view type, std::string_view text, std::string_view country,
           std::string_view canonical, Checksum checksum) {
  const Identifier found = normalize_identifier(type, text, country);
  EXPECT_EQ(found.canonical, canonical) << type << " " << text;
  EXPECT_EQ(found.checksum, checksum) << type << " " << text;
}

TEST(Identifier, Polish) {
  for (const char* text : {"5260250274", "526-025-02-74", "PL 526 025 02 74", "pl5260250274"}) {
    check("nip", text, "PL", "5260250274", Checksum::ok);
    check("tax_id", text, "PL", "5260250274", Checksum::ok);
    check("VAT", text, "PL", "5260250274", Checksum::ok);
  }
  check("nip", "5260250275", "PL", "5260250275", Checksum::bad);
  check("PESEL", "44051401359", "", "44051401359", Checksum::ok);
  check("pesel", "44051401358", "PL", "44051401358", Checksum::bad);
  check("regon", "123456785", "PL", "123456785", Checksum::ok);
  check("regon", "12345678512347", "PL", "12345678512347", Checksum::ok);
  check("registration_id", "123 456 785", "PL", "123456785", Checksum::ok);
  check("registration_id", "0000123456", "PL", "0000123456", Checksum::none);  // KRS
}

TEST(Identifier, Chinese) {
  check("uscc", "91350100m000100y43", "CN", "91350100M000100Y43", Checksum::ok);
  check("统一社会信用代码", "91350100M000100Y44", "CN", "91350100M000100Y44", Checksum::bad);
  check("tax_id", "91350100M000100Y43", "CN", "91350100M000100Y43", Checksum::ok);
  check("resident_id", "11010519491231002x", "CN", "11010519491231002X", Checksum::ok);
  check("身份证", "11010519491231002X", "CN", "11010519491231002X", Checksum::ok);
  check("cn_id", "110105491231002", "CN", "11010519491231002X", Checksum::none);
  check("resident_id", "110105194912310021", "CN", "110105194912310021", Checksum::bad);
}

TEST(Identifier, OthersWithRules) {
  check("company_number", "sc12345", "GB", "SC012345", Checksum::none);
  check("registration_id", "1234567", "GB", "01234567", Checksum::none);
  check("vat", "123 456 789", "DE", "DE123456789", Checksum::none);
  check("tax_id", "DE 123456789", "PL", "DE123456789", Checksum::none);
  check("iban", "gb82 WEST 1234 5698 7654 32", "", "GB82WEST12345698765432", Checksum::ok);
  check("iban", "61 1090 1014 0000 0712 1981 2874", "PL", "PL61109010140000071219812874",
        Checksum::ok);
  check("iban", "GB82 WEST 1234 5698 7654 33", "", "GB82WEST12345698765433", Checksum::bad);
}

TEST(Identifier, GenericKeepsLeadingZeros) {
  check("loyalty", " 00-ab 17 ", "PL", "00AB17", Checksum::none);
  check("crm", "A/1.2", "PL", "A/1.2", Checksum::none);
  check("crm", "１２－３", "PL", "123", Checksum::none);
  check("crm", "12\u201334", "PL", "1234", Checksum::none);
  check("crm", "  ", "PL", "", Checksum::none);
}

TEST(Identifier, WhoseNumberItIs) {
  const auto polish = person_of_pesel("44051401359");
  ASSERT_TRUE(polish);
  EXPECT_EQ(format_date(polish->birth_date), "1944-05-14");
  EXPECT_FALSE(polish->is_female);
  const auto young = person_of_pesel("02270803624");
  ASSERT_TRUE(young);
  EXPECT_EQ(format_date(young->birth_date), "2002-07-08");
  EXPECT_TRUE(young->is_female);
  const auto chinese = person_of_resident_id("11010519491231002X");
  ASSERT_TRUE(chinese);
  EXPECT_EQ(format_date(chinese->birth_date), "1949-12-31");
  EXPECT_TRUE(chinese->is_female);
  EXPECT_FALSE(person_of_pesel("00000000000"));  // sums right, but is no day
}

// One wrong digit never passes a check digit.
TEST(Identifier, EveryWrongDigitShows) {
  const auto never_passes = [](std::string number, bool (*is_ok)(std::string_view)) {
    ASSERT_TRUE(is_ok(number));
    for (char& c : number) {
      const char right = c;
      for (char wrong = '0'; wrong <= '9'; ++wrong) {
        c = wrong;
        if (wrong != right) {
          EXPECT_FALSE(is_ok(number)) << number;
        }
      }
      c = right;
    }
  };
  never_passes("5260250274", is_nip);
  never_passes("44051401359", is_pesel);
  never_passes("91350100M000100Y43", is_uscc);
  never_passes("11010519491231002X", is_resident_id);
  never_passes("GB82WEST12345698765432", is_iban);
}

}  // namespace
}  // namespace cdh
