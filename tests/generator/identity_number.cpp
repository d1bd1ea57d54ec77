#include "tests/generator/identity_number.hpp"

#include <string_view>

#include "hub/base/time.hpp"

namespace cdh::generator {

namespace {

template <std::size_t Count>
int weighted_sum(std::string_view digits, const int (&weights)[Count]) {
  int sum = 0;
  for (std::size_t i = 0; i < Count; ++i) sum += (digits[i] - '0') * weights[i];
  return sum;
}

std::string two_digits(int number) {
  return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

char digit(int number) { return static_cast<char>('0' + number); }

}  // namespace

std::string make_pesel(std::int64_t birth_days, bool female, Random& random) {
  const CivilDate born = civil_from_days(birth_days);
  const int month = born.month + (born.year >= 2000 ? 20 : 0);
  std::string pesel = two_digits(born.year % 100) + two_digits(month) + two_digits(born.day);
  pesel += random.digits(3);
  pesel += digit(random.between(0, 4) * 2 + (female ? 0 : 1));
  constexpr int kWeights[] = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
  pesel += digit((10 - weighted_sum(pesel, kWeights) % 10) % 10);
  return pesel;
}

std::string make_nip(Random& random) {
  constexpr int kWeights[] = {6, 5, 7, 2, 3, 4, 5, 6, 7};
  for (;;) {
    std::string nip =
        digit(random.between(1, 9)) + std::to_string(random.between(10, 99)) + random.digits(6);
    const int check = weighted_sum(nip, kWeights) % 11;
    if (check < 10) return nip + digit(check);  // a remainder of 10 is never given out
  }
}

std::string make_regon(Random& random) {
  constexpr int kWeights[] = {8, 9, 2, 3, 4, 5, 6, 7};
  std::string regon = random.digits(8);
  return regon + digit(weighted_sum(regon, kWeights) % 11 % 10);
}

std::string make_uscc(Random& random) {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  constexpr std::string_view kRegions[] = {"110105", "310115", "440305", "330106", "510104"};
  std::string code = "91";  // an enterprise registered with the market authority
  code += kRegions[random.below(std::size(kRegions))];
  code += "MA";
  while (code.size() < 17) code += kAlphabet[random.below(kAlphabet.size())];
  int sum = 0;
  int weight = 1;
  for (const char character : code) {
    sum += static_cast<int>(kAlphabet.find(character)) * weight;
    weight = weight * 3 % 31;
  }
  return code + kAlphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

std::string make_company_number(Random& random) { return "0" + random.digits(7); }

std::string make_gb_vat(Random& random) {
  std::string digits = digit(random.between(1, 9)) + random.digits(6);
  constexpr int kWeights[] = {8, 7, 6, 5, 4, 3, 2};
  return "GB" + digits + two_digits(97 - weighted_sum(digits, kWeights) % 97);
}

}  // namespace cdh::generator
