#include "hub/normalize/phone.hpp"

#include <random>
#include <vector>

#include <gtest/gtest.h>
#include <phonenumbers/phonenumberutil.h>

#include "hub/normalize/phone_plan.hpp"

namespace cdh {
namespace {

// "number", "number x extension", "number invalid" or "none".
std::string shown(const std::optional<Phone>& phone) {
  if (!phone) return "none";
  return phone->e164 + (phone->extension.empty() ? "" : " x " + phone->extension) +
         (phone->valid ? "" : " invalid");
}

void check(std::string_view text, std::string_view country, std::string_view expected) {
  PhoneNormalizer phones;
  EXPECT_EQ(shown(phones.normalize(text, country)), expected) << text << " in " << country;
}

TEST(Phone, NationalAndInternationalForms) {
  for (const char* text :
       {"601234567", "601 234 567", "601-234-567", "+48 601 234 567", "0048601234567",
        "(+48) 601234567", "48 601 234 567", "tel. 601 234 567", "６０１２３４５６７"}) {
    check(text, "PL", "+48601234567");
  }
  check("(22) 523-45-67", "PL", "+48225234567");
  check("020 7946 0958", "GB", "+442079460958");
  check("+44 (0)20 7946 0958", "PL", "+442079460958");
  check("(212) 555-0123", "US", "+12125550123");
  check("1-212-555-0123", "US", "+12125550123");
  check("138 1234 5678", "CN", "+8613812345678");
  check("021-5234 5678", "CN", "+862152345678");
  check("+353 91 555 000", "", "+35391555000");
}

TEST(Phone, Extensions) {
  for (const char* text :
       {"601234567 wew. 12", "601 234 567 x12", "601234567 ext. 12", "601234567wewn.12",
        "601234567#12", "601 234 567, wew 12", "601234567 转12", "601234567转 12"}) {
    check(text, "PL", "+48601234567 x 12");
  }
}

TEST(Phone, WhatASpreadsheetMadeANumber) {
  check("35391555000", "PL", "+35391555000");
  check("35391555000.0", "US", "+35391555000");
  check("0035391555000", "US", "+35391555000");
  check("48601234567", "US", "+48601234567");
  check("7911123456", "GB", "+447911123456");  // lost its 0; valid at home, so not Russian
}

TEST(Phone, WhatIsNoPhone) {
  check("", "PL", "none");
  check("brak", "PL", "none");
  check("1", "PL", "none");
  check("601 234 567", "", "none");
  check("123456", "PL", "+48123456 invalid");
  check(std::string(200, '1'), "PL", "none");
}

TEST(Phone, AnswersTheSameFromMemory) {
  PhoneNormalizer phones;
  const auto first = phones.normalize("+353 91 555 000", "PL");
  EXPECT_EQ(phones.normalize("+353 91 555 000", "PL"), first);
  EXPECT_EQ(shown(phones.normalize("91 555 000", "IE")), "+35391555000");
  EXPECT_NE(shown(phones.normalize("91 555 000", "PL")), "+35391555000");
}

std::string by_libphonenumber(const std::string& text, const std::string& country) {
  using i18n::phonenumbers::PhoneNumber;
  using i18n::phonenumbers::PhoneNumberUtil;
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  if (util.Parse(text, country, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return "none";
  std::string e164;
  util.Format(number, PhoneNumberUtil::E164, &e164);
  return util.IsValidNumber(number) && number.extension().empty() ? e164 : "not plain";
}

struct Country {
  const char* name;
  const char* calling_code;
  const char* trunk;
  const char* international;
  std::size_t national_size;
};

class PhonePlanProperty : public testing::TestWithParam<Country> {
 protected:
  std::string digits(std::string begin, std::size_t size) {
    std::uniform_int_distribution<int> digit('0', '9');
    while (begin.size() < size) begin += static_cast<char>(digit(random_));
    return begin;
  }

  std::string with_separators(const std::string& digits) {
    static constexpr std::string_view kSeparators[] = {" ", "-", ".", ") ", " (", "  "};
    std::uniform_int_distribution<std::size_t> separator(0, std::size(kSeparators) - 1);
    std::bernoulli_distribution is_parted(0.2);
    std::string out;
    for (const char c : digits) {
      const bool after_digit = !out.empty() && out.back() != '+';
      if (after_digit && is_parted(random_)) out += kSeparators[separator(random_)];
      out += c;
    }
    return out;
  }

  std::mt19937 random_{20260101};
};

// Whenever the short way answers, libphonenumber answers the same.
TEST_P(PhonePlanProperty, SaysWhatLibphonenumberSays) {
  const Country& country = GetParam();
  std::size_t answers = 0;
  const auto compare = [&](const std::string& text) {
    const std::string short_way = e164_by_plan(text, country.name);
    if (short_way.empty()) return;
    ++answers;
    ASSERT_EQ(short_way, by_libphonenumber(text, country.name)) << text;
  };
  for (int prefix = 0; prefix < 10'000; ++prefix) {
    const std::string begin =
        std::string(4 - std::to_string(prefix).size(), '0') + std::to_string(prefix);
    const std::string national = digits(begin, country.national_size);
    compare(national);
    const std::string code = country.calling_code;
    switch (prefix % 5) {
      case 0:
        compare(with_separators("+" + code + national));
        break;
      case 1:
        compare(with_separators(country.international + code + national));
        break;
      case 2:
        compare(with_separators(country.trunk + national));
        break;
      case 3:
        compare(with_separators(code + national));
        break;
      default:
        compare(with_separators(national));
        break;
    }
  }
  EXPECT_GT(answers, 500U);
}

// The ends of every prefix, where a plan that is cut finer would show.
TEST_P(PhonePlanProperty, HoldsAtTheEndsOfItsRanges) {
  const Country& country = GetParam();
  for (int prefix = 0; prefix < 10'000; ++prefix) {
    const std::string begin =
        std::string(4 - std::to_string(prefix).size(), '0') + std::to_string(prefix);
    for (const char end : {'0', '9'}) {
      std::string national = begin;
      national.resize(country.national_size, end);
      const std::string text = std::string("+") + country.calling_code + national;
      if (const std::string short_way = e164_by_plan(text, "PL"); !short_way.empty()) {
        ASSERT_EQ(short_way, by_libphonenumber(text, "PL"));
      }
    }
  }
}

TEST_P(PhonePlanProperty, IsSilentAboutOtherLengths) {
  const Country& country = GetParam();
  for (int i = 0; i < 3000; ++i) {
    std::uniform_int_distribution<std::size_t> size(5, 15);
    const std::string text = digits("", size(random_));
    const std::string short_way = e164_by_plan(text, country.name);
    if (!short_way.empty()) {
      ASSERT_EQ(short_way, by_libphonenumber(text, country.name)) << text;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Countries, PhonePlanProperty,
                         testing::Values(Country{"PL", "48", "", "00", 9},
                                         Country{"CN", "86", "0", "00", 11},
                                         Country{"GB", "44", "0", "00", 10},
                                         Country{"US", "1", "1", "011", 10}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace cdh
