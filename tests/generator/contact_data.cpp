#include "tests/generator/contact_data.hpp"

#include "tests/generator/place_pools.hpp"

namespace cdh::generator {

namespace {

constexpr std::string_view kPolishMobiles[] = {
    "501", "503", "505", "512", "516", "530", "533", "570", "601", "602", "604", "606",
    "660", "663", "668", "691", "695", "721", "728", "730", "781", "787", "792", "880"};
constexpr std::string_view kBritishMobiles[] = {"7400", "7412", "7500", "7521", "7710",
                                                "7725", "7734", "7740", "7751", "7766",
                                                "7780", "7801", "7817", "7850"};
constexpr std::string_view kChineseMobiles[] = {"130", "133", "135", "136", "137", "138",
                                                "139", "150", "152", "158", "159", "177",
                                                "180", "182", "186", "188"};

std::string flat_letters(Random& random) {
  constexpr std::string_view kLetters = "ABDEFGHJLNPQRSTUWXYZ";  // inward codes use no C I K M O V
  std::string letters;
  for (int i = 0; i < 2; ++i) letters += kLetters[random.below(kLetters.size())];
  return letters;
}

std::string polish_street(Random& random) {
  std::string street(random.pick(streets(Country::poland)));
  street += ' ' + std::to_string(random.between(1, 120));
  if (random.percent(10)) street += static_cast<char>('A' + random.between(0, 3));
  if (random.percent(50)) street += "/" + std::to_string(random.between(1, 80));
  return street;
}

// "+48601234567" to its country and the digits after the country's code.
struct PhoneParts {
  Country country;
  std::string_view code, national;
};

PhoneParts parts_of(std::string_view e164) {
  const Country country = e164.starts_with("+48")   ? Country::poland
                          : e164.starts_with("+44") ? Country::britain
                                                    : Country::china;
  return {country, e164.substr(0, 3), e164.substr(3)};
}

// Groups digits: grouped("601234567", "3 3 3") is "601 234 567".
std::string grouped(std::string_view digits, std::string_view pattern, char separator = ' ') {
  std::string text;
  std::size_t at = 0;
  for (const char width : pattern) {
    if (width == ' ') {
      text += separator;
      continue;
    }
    text += digits.substr(at, static_cast<std::size_t>(width - '0'));
    at += static_cast<std::size_t>(width - '0');
  }
  return text;
}

bool is_mobile(Country country, std::string_view national) {
  switch (country) {
    case Country::poland:
      for (const std::string_view prefix : kPolishMobiles) {
        if (national.starts_with(prefix)) return true;
      }
      return false;
    case Country::britain:
      return national.starts_with('7');
    case Country::china:
      return national.size() == 11 && national.starts_with('1');
  }
  return false;
}

std::string in_own_country(Country country, std::string_view national, Random& random) {
  const bool mobile = is_mobile(country, national);
  switch (country) {
    case Country::poland:
      if (random.percent(35)) return std::string(national);
      if (mobile) return grouped(national, "3 3 3", random.percent(20) ? '-' : ' ');
      return "(" + std::string(national.substr(0, 2)) + ") " + grouped(national.substr(2), "3 2 2");
    case Country::britain: {
      if (mobile) return "0" + grouped(national, "4 6");
      const std::string_view wide = national.starts_with("20") ? "2 4 4" : "3 3 4";
      return "0" + grouped(national, wide);
    }
    case Country::china:
      if (mobile) return random.percent(60) ? std::string(national) : grouped(national, "3 4 4");
      return "0" + std::string(national.substr(0, national.size() - 8)) + "-" +
             std::string(national.substr(national.size() - 8));
  }
  return std::string(national);
}

}  // namespace

Address make_address(Country country, Random& random) {
  const std::span<const Place> known = places(country);
  const Place& place = known[random.skewed_below(known.size())];
  Address address;
  address.country = country;
  address.city = place.city;
  address.area_code = place.area_code;
  switch (country) {
    case Country::poland:
      address.street = polish_street(random);
      address.postal_code = std::string(place.postal_area) + "-" + random.digits(3);
      break;
    case Country::britain:
      if (random.percent(15))
        address.street = "Flat " + std::to_string(random.between(1, 40)) + ", ";
      address.street += std::to_string(random.between(1, 180)) + " ";
      address.street += random.pick(streets(country));
      address.postal_code = std::string(place.postal_area) + std::to_string(random.between(1, 19)) +
                            " " + std::to_string(random.between(1, 9)) + flat_letters(random);
      break;
    case Country::china: {
      const ChineseWord& street = random.pick(chinese_streets());
      const std::string number = std::to_string(random.between(1, 399));
      address.street = "No. " + number + " " + std::string(street.pinyin);
      address.postal_code = std::string(place.postal_area) + random.digits(3);
      address.native = std::string(place.native_city) + std::string(street.native) + number + "号";
    }
  }
  return address;
}

std::string one_line(const Address& address) {
  switch (address.country) {
    case Country::poland:
      return address.street + ", " + address.postal_code + " " + address.city;
    case Country::britain:
      return address.street + ", " + address.city + " " + address.postal_code;
    case Country::china:
      return address.native;
  }
  return {};
}

std::string make_mobile(Country country, Random& random) {
  switch (country) {
    case Country::poland:
      return "+48" + std::string(random.pick(std::span(kPolishMobiles))) + random.digits(6);
    case Country::britain:
      return "+44" + std::string(random.pick(std::span(kBritishMobiles))) + random.digits(6);
    case Country::china:
      return "+86" + std::string(random.pick(std::span(kChineseMobiles))) + random.digits(8);
  }
  return {};
}

std::string make_landline(Country country, std::string_view area_code, Random& random) {
  const std::string area(area_code);
  switch (country) {
    case Country::poland:
      return "+48" + area + std::to_string(random.between(2, 8)) + random.digits(6);
    case Country::britain:
      // London has eight digits, the other cities seven; those from 7 and from 2 are in use.
      return "+44" + area + (area == "20" ? "7" + random.digits(7) : "2" + random.digits(6));
    case Country::china:
      return "+86" + area + std::to_string(random.between(5, 6)) + random.digits(7);
  }
  return {};
}

std::string write_phone(std::string_view e164, bool abroad, Random& random) {
  const auto [country, code, national] = parts_of(e164);
  const double habit = country == Country::poland ? 20 : 25;
  if (!abroad && !random.percent(habit)) return in_own_country(country, national, random);
  switch (random.below(4)) {
    case 0:
      return std::string(e164);
    case 1:
      return "00" + std::string(code.substr(1)) + std::string(national);
    case 2:
      return std::string(code) + " " + std::string(national);
    default: {
      const bool nine_digits = national.size() == 9;
      return std::string(code) + " " +
             (nine_digits             ? grouped(national, "3 3 3")
              : national.size() == 10 ? grouped(national, "4 6")
                                      : grouped(national, "3 4 4"));
    }
  }
}

}  // namespace cdh::generator
