#include "tests/generator/contact_data.hpp"

#include <regex>

#include <gtest/gtest.h>
#include <phonenumbers/phonenumberutil.h>

#include "tests/generator/place_pools.hpp"

namespace cdh::generator {
namespace {

constexpr Country kCountries[] = {Country::poland, Country::britain, Country::china};

// The number is valid and stays the same, however it is written.
void check_phone(const std::string& e164, Country country, Random& random) {
  const auto& util = *i18n::phonenumbers::PhoneNumberUtil::GetInstance();
  i18n::phonenumbers::PhoneNumber number;
  util.Parse(e164, "ZZ", &number);
  EXPECT_TRUE(util.IsValidNumber(number)) << e164;
  for (const bool abroad : {false, true}) {
    const std::string written = write_phone(e164, abroad, random);
    i18n::phonenumbers::PhoneNumber read;
    // Numbers dialled with 00 are understood everywhere but in China's own plan.
    const std::string region = written.starts_with("00") ? "PL" : std::string(code_of(country));
    util.Parse(written, region, &read);
    std::string back;
    util.Format(read, i18n::phonenumbers::PhoneNumberUtil::E164, &back);
    EXPECT_EQ(back, e164) << "written as " << written;
  }
}

TEST(ContactData, MobilesAreValidHoweverWritten) {
  Random random(5);
  for (const Country country : kCountries) {
    for (int i = 0; i < 2000; ++i) check_phone(make_mobile(country, random), country, random);
  }
}

TEST(ContactData, LandlinesOfEveryCityAreValidHoweverWritten) {
  Random random(5);
  for (const Country country : kCountries) {
    for (const Place& place : places(country)) {
      for (int i = 0; i < 200; ++i) {
        check_phone(make_landline(country, place.area_code, random), country, random);
      }
    }
  }
}

TEST(ContactData, AddressesHaveTheShapeOfTheirCountry) {
  const std::regex line[] = {
      std::regex("(ul|al|pl|os)\\. .+ [0-9]+[A-D]?(/[0-9]+)?, [0-9]{2}-[0-9]{3} .+"),
      std::regex("(Flat [0-9]+, )?[0-9]+ .+, .+ [A-Z]{1,2}[0-9]{1,2} [0-9][A-Z]{2}"),
      std::regex(".+市.+(路|街)[0-9]+号")};
  Random random(5);
  for (std::size_t i = 0; i < std::size(kCountries); ++i) {
    for (int j = 0; j < 300; ++j) {
      const std::string address = one_line(make_address(kCountries[i], random));
      EXPECT_TRUE(std::regex_match(address, line[i])) << address;
    }
  }
}

}  // namespace
}  // namespace cdh::generator
