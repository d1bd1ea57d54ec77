// Check digits are verified here as the authorities describe it, from the whole number at once.
#include "tests/generator/identity_number.hpp"

#include <functional>
#include <vector>

#include <gtest/gtest.h>

#include "hub/base/time.hpp"

namespace cdh::generator {
namespace {

int weighted(const std::string& digits, const std::vector<int>& weights) {
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += (digits.at(i) - '0') * weights[i];
  return sum;
}

// A thousand numbers of one kind.
void check(const std::function<std::string(Random&)>& make,
           const std::function<bool(const std::string&)>& holds) {
  Random random(7);
  for (int i = 0; i < 1000; ++i) {
    const std::string number = make(random);
    EXPECT_TRUE(holds(number)) << number;
  }
}

TEST(IdentityNumber, Pesel) {
  const std::int64_t born = days_from_civil({1984, 2, 29});
  const auto sums_up = [](const std::string& pesel) {
    return pesel.size() == 11 && weighted(pesel, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1}) % 10 == 0;
  };
  check([&](Random& random) { return make_pesel(born, true, random); },
        [&](const std::string& pesel) {
          return sums_up(pesel) && pesel.starts_with("840229") && (pesel[9] - '0') % 2 == 0;
        });
  const std::int64_t this_century = days_from_civil({2004, 11, 5});
  check([&](Random& random) { return make_pesel(this_century, false, random); },
        [&](const std::string& pesel) {
          return sums_up(pesel) && pesel.starts_with("043105") && (pesel[9] - '0') % 2 == 1;
        });
}

TEST(IdentityNumber, Nip) {
  check(make_nip, [](const std::string& nip) {
    return nip.size() == 10 && weighted(nip, {6, 5, 7, 2, 3, 4, 5, 6, 7, -1}) % 11 == 0;
  });
}

TEST(IdentityNumber, Regon) {
  check(make_regon, [](const std::string& regon) {
    return regon.size() == 9 &&
           weighted(regon, {8, 9, 2, 3, 4, 5, 6, 7}) % 11 % 10 == regon[8] - '0';
  });
}

TEST(IdentityNumber, UnifiedSocialCreditCode) {
  const std::string alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  const int weights[] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1};
  check(make_uscc, [&](const std::string& code) {
    int sum = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
      const std::size_t value = alphabet.find(code[i]);
      if (value == alphabet.npos) return false;
      sum += static_cast<int>(value) * weights[i];
    }
    return code.size() == 18 && sum % 31 == 0;
  });
}

TEST(IdentityNumber, BritishVat) {
  check(make_gb_vat, [](const std::string& vat) {
    return vat.size() == 11 && vat.starts_with("GB") &&
           weighted(vat.substr(2), {8, 7, 6, 5, 4, 3, 2, 10, 1}) % 97 == 0;
  });
}

}  // namespace
}  // namespace cdh::generator
