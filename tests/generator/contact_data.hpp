// Phone numbers and postal addresses of the three countries: made up, but of the right shape.
#pragma once

#include <string>
#include <string_view>

#include "tests/generator/name_pools.hpp"
#include "tests/generator/random.hpp"

namespace cdh::generator {

struct Address {
  Country country = Country::poland;
  std::string street;  // with house number; China: in pinyin
  std::string postal_code;
  std::string city;
  std::string area_code;  // of landlines
  std::string native;     // China only: city, street and number in one, "北京市建国路88号"
};

Address make_address(Country country, Random& random);
// The address on one line, as each country writes it.
std::string one_line(const Address& address);

// A random number in a range that is in use, in E.164.
std::string make_mobile(Country country, Random& random);
std::string make_landline(Country country, std::string_view area_code, Random& random);

// The number as a person in its own country writes it ("601 234 567", "(22) 612 34 56",
// "020 7946 0123"), or with the country's code where `abroad` or by habit.
std::string write_phone(std::string_view e164, bool abroad, Random& random);

}  // namespace cdh::generator
