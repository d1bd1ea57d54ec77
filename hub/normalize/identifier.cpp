#include "hub/normalize/identifier.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

#include "hub/base/text.hpp"
#include "hub/base/time.hpp"
#include "hub/normalize/fold.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxTextBytes = 200;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

int number_at(std::string_view text, std::size_t from, std::size_t size) {
  int value = 0;
  std::from_chars(text.data() + from, text.data() + from + size, value);
  return value;
}

template <std::size_t N>
int weighted_sum(std::string_view digits, const std::array<int, N>& weights) {
  int sum = 0;
  for (std::size_t i = 0; i < N; ++i) sum += (digits[i] - '0') * weights[i];
  return sum;
}

Checksum checked(bool is_ok) { return is_ok ? Checksum::ok : Checksum::bad; }

constexpr std::array kResidentWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

char resident_check(std::string_view first_17) {
  constexpr std::string_view kCheck = "10X98765432";
  return kCheck[static_cast<std::size_t>(weighted_sum(first_17, kResidentWeights) % 11)];
}

// Upper case; blanks, dashes and what nobody sees dropped.
std::string bare(std::string_view text) {
  const std::string plain = plain_width(trim(text).substr(0, kMaxTextBytes));
  std::string out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const char c = plain[i];
    // U+2010 to U+2015: hyphens and dashes.
    if (c == '\xE2' && plain.compare(i, 2, "\xE2\x80") == 0 && i + 2 < plain.size() &&
        plain[i + 2] >= '\x90' && plain[i + 2] <= '\x95') {
      i += 2;
      continue;
    }
    if (c == ' ' || c == '-' || (c >= '\t' && c <= '\r')) continue;
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

// As bare, and other punctuation dropped: for numbers known to have none.
std::string letters_and_digits(std::string_view text) {
  std::string out = bare(text);
  std::erase_if(out, [](char c) { return !is_digit(c) && !is_letter(c); });
  return out;
}

constexpr std::string_view kVatPrefixes[] = {
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "GB", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI"};

bool is_vat_prefix(std::string_view code) {
  return std::find(std::begin(kVatPrefixes), std::end(kVatPrefixes), code) !=
         std::end(kVatPrefixes);
}

Identifier polish_nip(std::string number) {
  if (number.starts_with("PL")) number.erase(0, 2);
  const bool is_ok = is_nip(number);
  return {std::move(number), checked(is_ok)};
}

Identifier vat_number(std::string_view text, std::string_view country) {
  std::string number = letters_and_digits(text);
  const bool has_prefix = number.size() > 4 && is_vat_prefix(std::string_view(number).substr(0, 2));
  if (!has_prefix) {
    const std::string_view prefix = country == "GR" ? "EL" : country;
    if (is_vat_prefix(prefix)) number.insert(0, prefix);
  }
  return number.starts_with("PL") ? polish_nip(std::move(number))
                                  : Identifier{std::move(number), Checksum::none};
}

// Eight characters at Companies House: digits, or two letters and digits, zeros filled in.
Identifier uk_company_number(std::string number) {
  constexpr std::size_t kSize = 8;
  const std::size_t letters = static_cast<std::size_t>(
      std::find_if_not(number.begin(), number.end(), is_letter) - number.begin());
  const bool is_known = (letters == 0 || letters == 2) && number.size() > letters &&
                        number.size() <= kSize &&
                        all_digits(std::string_view(number).substr(letters));
  if (is_known) number.insert(letters, kSize - number.size(), '0');
  return {std::move(number), Checksum::none};
}

Identifier chinese_resident_id(std::string number) {
  if (number.size() == 15 && all_digits(number)) {
    number.insert(6, "19");
    number += resident_check(number);
    return {std::move(number), Checksum::none};
  }
  const bool is_ok = is_resident_id(number);
  return {std::move(number), checked(is_ok)};
}

Identifier iban(std::string number, std::string_view country) {
  constexpr std::size_t kPolishDigits = 26;
  if (country == "PL" && number.size() == kPolishDigits && all_digits(number))
    number.insert(0, "PL");
  const bool is_ok = is_iban(number);
  return {std::move(number), checked(is_ok)};
}

enum class Kind { generic, pesel, nip, regon, uscc, resident_id, company_number, vat, iban };

Kind kind_of_registration(std::string_view number, std::string_view country) {
  if (country == "CN" && number.size() == 18) return Kind::uscc;
  if (country == "GB") return Kind::company_number;
  if (country == "PL" && (number.size() == 9 || number.size() == 14)) return Kind::regon;
  return Kind::generic;  // Poland's KRS has ten digits and no check digit
}

Kind kind_of(std::string_view id_type, std::string_view text, std::string_view country) {
  std::string name;
  for (const char c : ascii_lower(id_type)) {
    if (c != '_' && c != '-' && c != ' ' && c != '.') name += c;
  }
  if (name == "taxid") {
    if (country == "PL") return Kind::vat;
    return country == "CN" ? kind_of_registration(letters_and_digits(text), country) : Kind::vat;
  }
  if (name == "registrationid") return kind_of_registration(letters_and_digits(text), country);
  struct Named {
    std::string_view name;
    Kind kind;
  };
  static constexpr Named kNames[] = {
      {"pesel", Kind::pesel},
      {"nip", Kind::nip},
      {"regon", Kind::regon},
      {"uscc", Kind::uscc},
      {"unifiedsocialcreditcode", Kind::uscc},
      {"统一社会信用代码", Kind::uscc},
      {"residentid", Kind::resident_id},
      {"cnid", Kind::resident_id},
      {"身份证", Kind::resident_id},
      {"身份证号", Kind::resident_id},
      {"companynumber", Kind::company_number},
      {"crn", Kind::company_number},
      {"vat", Kind::vat},
      {"vatid", Kind::vat},
      {"vatnumber", Kind::vat},
      {"euvat", Kind::vat},
      {"iban", Kind::iban},
  };
  for (const Named& named : kNames) {
    if (named.name == name) return named.kind;
  }
  return Kind::generic;
}

// Nothing when a date in the number is none.
std::optional<std::int64_t> days_of(int year, int month, int day) {
  const CivilDate date{year, month, day};
  if (!is_valid(date)) return std::nullopt;
  return days_from_civil(date);
}

}  // namespace

Identifier normalize_identifier(std::string_view id_type, std::string_view text,
                                std::string_view country) {
  if (trim(text).empty()) return {};
  switch (kind_of(id_type, text, country)) {
    case Kind::generic:
      return {bare(text), Checksum::none};
    case Kind::nip:
      return polish_nip(letters_and_digits(text));
    case Kind::vat:
      return vat_number(text, country);
    case Kind::company_number:
      return uk_company_number(letters_and_digits(text));
    case Kind::resident_id:
      return chinese_resident_id(letters_and_digits(text));
    case Kind::iban:
      return iban(letters_and_digits(text), country);
    case Kind::pesel: {
      std::string number = letters_and_digits(text);
      const bool is_ok = is_pesel(number);
      return {std::move(number), checked(is_ok)};
    }
    case Kind::regon: {
      std::string number = letters_and_digits(text);
      const bool is_ok = is_regon(number);
      return {std::move(number), checked(is_ok)};
    }
    case Kind::uscc: {
      std::string number = letters_and_digits(text);
      const bool is_ok = is_uscc(number);
      return {std::move(number), checked(is_ok)};
    }
  }
  return {};
}

bool is_pesel(std::string_view text) { return person_of_pesel(text).has_value(); }

bool is_nip(std::string_view text) {
  constexpr std::array kWeights = {6, 5, 7, 2, 3, 4, 5, 6, 7};
  if (text.size() != 10 || !all_digits(text)) return false;
  return weighted_sum(text, kWeights) % 11 == text[9] - '0';
}

bool is_regon(std::string_view text) {
  constexpr std::array kShort = {8, 9, 2, 3, 4, 5, 6, 7};
  constexpr std::array kLong = {2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8};
  if ((text.size() != 9 && text.size() != 14) || !all_digits(text)) return false;
  if (weighted_sum(text, kShort) % 11 % 10 != text[8] - '0') return false;
  return text.size() == 9 || weighted_sum(text, kLong) % 11 % 10 == text[13] - '0';
}

bool is_uscc(std::string_view text) {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  constexpr int kModulus = 31;
  if (text.size() != 18) return false;
  int sum = 0;
  int weight = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t value = kAlphabet.find(text[i]);
    if (value == std::string_view::npos) return false;
    if (i == 17) return (kModulus - sum % kModulus) % kModulus == static_cast<int>(value);
    sum += static_cast<int>(value) * weight;
    weight = weight * 3 % kModulus;
  }
  return false;
}

bool is_resident_id(std::string_view text) { return person_of_resident_id(text).has_value(); }

bool is_iban(std::string_view text) {
  if (text.size() < 15 || text.size() > 34) return false;
  if (!is_letter(text[0]) || !is_letter(text[1]) || !is_digit(text[2]) || !is_digit(text[3]))
    return false;
  int rest = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[(i + 4) % text.size()];
    if (is_digit(c)) {
      rest = (rest * 10 + (c - '0')) % 97;
    } else if (is_letter(c)) {
      rest = (rest * 100 + (c - 'A' + 10)) % 97;
    } else {
      return false;
    }
  }
  return rest == 1;
}

std::optional<NumberedPerson> person_of_pesel(std::string_view text) {
  constexpr std::array kWeights = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
  if (text.size() != 11 || !all_digits(text)) return std::nullopt;
  if ((10 - weighted_sum(text, kWeights) % 10) % 10 != text[10] - '0') return std::nullopt;
  // The month tells the century: 81 to 92 the 1800s, 01 to 12 the 1900s, 21 to 32 the 2000s, ...
  constexpr std::array kCenturies = {1900, 2000, 2100, 2200, 1800};
  const int month = number_at(text, 2, 2);
  const int year = kCenturies[static_cast<std::size_t>(month / 20)] + number_at(text, 0, 2);
  const auto birth_date = days_of(year, month % 20, number_at(text, 4, 2));
  if (!birth_date) return std::nullopt;
  return NumberedPerson{*birth_date, (text[9] - '0') % 2 == 0};
}

std::optional<NumberedPerson> person_of_resident_id(std::string_view text) {
  if (text.size() != 18 || !all_digits(text.substr(0, 17))) return std::nullopt;
  if (resident_check(text.substr(0, 17)) != text[17]) return std::nullopt;
  const auto birth_date =
      days_of(number_at(text, 6, 4), number_at(text, 10, 2), number_at(text, 12, 2));
  if (!birth_date) return std::nullopt;
  return NumberedPerson{*birth_date, (text[16] - '0') % 2 == 0};
}

}  // namespace cdh
