#include "hub/normalize/placeholder.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "hub/base/text.hpp"
#include "hub/normalize/fold.hpp"
#include "hub/normalize/utf8.hpp"

namespace cdh {

namespace {

// What is longer says something.
constexpr std::size_t kMaxPlaceholderBytes = 254;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// A few words. Hardly a value begins as one of them does, and that is seen first.
template <std::size_t N>
class WordTable {
 public:
  constexpr explicit WordTable(const std::string_view (&words)[N]) {
    for (std::size_t i = 0; i < N; ++i) {
      words_[i] = words[i];
      is_first_[static_cast<unsigned char>(words[i].front())] = true;
    }
  }
  bool may_begin(char c) const { return is_first_[static_cast<unsigned char>(c)]; }
  bool contains(std::string_view word) const {
    return !word.empty() && may_begin(word.front()) &&
           std::find(words_.begin(), words_.end(), word) != words_.end();
  }
  bool contains_in_lower_case(std::string_view word) const {
    return !word.empty() && may_begin(lower(word.front())) && contains(ascii_lower(word));
  }

 private:
  std::array<std::string_view, N> words_{};
  std::array<bool, 256> is_first_{};
};

// What somebody wrote to try a form, or to get past it.
constexpr WordTable kDummies({"do not use", "do usuniecia", "dummy", "placeholder", "test",
                              "test test", "testing", "testowy", "测试"});

// "Nothing", in ASCII lower case, blanks as given.
constexpr WordTable kNothing({"#n/a",
                              "#ref!",
                              "#value!",
                              "(blank)",
                              "(empty)",
                              "(none)",
                              "(null)",
                              "<null>",
                              "[null]",
                              "b.d.",
                              "b/d",
                              "bez nazwiska",
                              "brak",
                              "brak adresu",
                              "brak danych",
                              "brak e-mail",
                              "brak email",
                              "brak maila",
                              "brak nr",
                              "brak numeru",
                              "brak telefonu",
                              "do uzupelnienia",
                              "do uzupełnienia",
                              "empty",
                              "k. a.",
                              "k.a.",
                              "keine",
                              "keine angabe",
                              "leer",
                              "missing",
                              "n.a.",
                              "n.d.",
                              "n/a",
                              "n/d",
                              "n/k",
                              "nicht bekannt",
                              "nie dotyczy",
                              "nie podano",
                              "nieznana",
                              "nieznane",
                              "nieznany",
                              "nil",
                              "no data",
                              "no email",
                              "no name",
                              "no phone",
                              "none",
                              "not applicable",
                              "not available",
                              "not given",
                              "not known",
                              "not provided",
                              "not set",
                              "null",
                              "tba",
                              "tbc",
                              "tbd",
                              "unbekannt",
                              "undefined",
                              "unknown",
                              "unspecified"});

constexpr WordTable kChineseNothing({"无", "無", "没有", "不详", "不詳", "未知", "暂无", "暫無",
                                     "未填写", "不知道", "空", "无名氏", "匿名", "保密"});

// In the name of nobody; folded.
constexpr WordTable kNoName(
    {"anonim",     "anonimowy",         "anonymous", "asdf",     "asdfgh", "customer",
     "first name", "firstname",         "gosc",      "guest",    "imie",   "imie i nazwisko",
     "klient",     "klient detaliczny", "last name", "lastname", "name",   "nazwisko",
     "qwerty",     "surname",           "user"});

// Local parts that reach nobody, or anybody; plain letters and digits.
constexpr WordTable kNoMailbox({"abc",        "asd",        "asdf",    "brak",    "brakmaila",
                                "donotreply", "email",      "example", "fake",    "mail",
                                "na",         "nieposiada", "niema",   "nobody",  "noemail",
                                "noexiste",   "nomail",     "none",    "noreply", "null",
                                "qwe",        "qwerty",     "sample",  "test",    "tester",
                                "testing",    "testowy",    "unknown", "user",    "xxx"});

// Addresses under these reach nobody: written into forms to get past them, or reserved (RFC 6761).
// Domains for examples are left alone: whole data sets live under them.
constexpr WordTable kNoDomains({"test.pl", "brak.pl", "noemail.com", "nomail.com", "mail.mail",
                                "fake.com"});
constexpr std::string_view kNoTopLevel[] = {".invalid", ".localhost"};

constexpr WordTable kNoDates({"0001-01-01", "0000-00-00", "1111-11-11", "1899-12-30", "1899-12-31",
                              "1900-01-01", "1900-01-02", "1901-01-01", "1970-01-01", "2099-12-31",
                              "2999-12-31", "9999-01-01", "9999-12-31"});

bool is_one_character_repeated(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [&](char c) { return c == text.front(); });
}

// "123456789", "0123456789", "987654321": each digit one more, or one less, than the one before.
bool is_counting(std::string_view digits) {
  int step = 0;
  for (std::size_t i = 1; i < digits.size(); ++i) {
    const int difference = (digits[i] - digits[i - 1] + 10) % 10;
    if (difference != 1 && difference != 9) return false;
    if (i > 1 && difference != step) return false;
    step = difference;
  }
  return true;
}

// No letter and no digit: "-", "???", "...".
bool is_only_punctuation(std::string_view text) {
  return is_ascii(text) &&
         std::none_of(text.begin(), text.end(), [](char c) { return is_digit(c) || is_letter(c); });
}

// Begins like a name, and like none of the tables: folding would not change that.
bool is_plain_name(std::string_view text) {
  return text.size() > 1 && is_letter(text[0]) && is_letter(text[1]) &&
         lower(text[0]) != lower(text[1]) && !kNoName.may_begin(lower(text[0]));
}

bool is_no_name(std::string_view text) {
  if (is_plain_name(text)) return false;
  const std::string name = fold(text);
  if (name.size() >= 3 && is_one_character_repeated(name)) return true;  // "xxx"
  return !name.empty() &&
         (kNoName.contains(name) ||
          std::all_of(name.begin(), name.end(), [](char c) { return is_digit(c) || c == ' '; }));
}

bool is_no_email(std::string_view text) {
  const std::string lower = ascii_lower(text);
  const std::size_t at = lower.rfind('@');
  if (at == std::string::npos) return false;
  std::string local;
  for (const char c : lower.substr(0, lower.find_first_of("+@"))) {
    if (c != '.' && c != '-' && c != '_') local += c;
  }
  const std::string_view domain = std::string_view(lower).substr(at + 1);
  if (kNoMailbox.contains(local) || kNoDomains.contains(domain)) return true;
  for (const std::string_view top : kNoTopLevel) {
    if (domain.ends_with(top)) return true;
  }
  // a@a.a, xx@xx.pl: one letter on either side of the @.
  const std::string_view site = domain.substr(0, domain.find('.'));
  return !local.empty() && !site.empty() && is_one_character_repeated(local) &&
         is_one_character_repeated(site) && local.front() == site.front();
}

// Ids and numbers that somebody typed to get past a form.
bool is_no_number(std::string_view text, std::size_t min_digits) {
  constexpr std::size_t kMinCounting = 6;
  std::string digits;
  for (const char c : text) {
    if (is_digit(c)) {
      digits += c;
    } else if (is_letter(c)) {
      return false;
    }
  }
  if (digits.size() < min_digits) return false;
  return is_one_character_repeated(digits) ||
         (digits.size() >= kMinCounting && is_counting(digits));
}

// 222 may well be somebody's number; 0 and 00000 are nobody's.
bool is_no_identifier(std::string_view text) {
  constexpr std::size_t kMinRepeated = 5;
  return text.find_first_not_of("0- ") == std::string_view::npos ||
         is_no_number(text, kMinRepeated);
}

// Digits of the country code at the front of an international number (ITU-T E.164): +1 and +7 have
// one, those listed two, all others three.
std::size_t calling_code_length(std::string_view digits) {
  constexpr std::string_view kTwoDigits =
      "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 "
      "64 "
      "65 66 81 82 84 86 90 91 92 93 94 95 98 ";
  if (digits.starts_with('1') || digits.starts_with('7')) return 1;
  return kTwoDigits.find(std::string(digits.substr(0, 2)) + ' ') != std::string_view::npos ? 2 : 3;
}

bool is_no_phone(std::string_view text) {
  constexpr std::size_t kMinNational = 6;
  if (is_no_number(text, kMinNational)) return true;
  if (!text.starts_with('+') && !text.starts_with("00")) return false;
  text.remove_prefix(text.starts_with('+') ? 1 : 2);
  const std::size_t code = calling_code_length(text);
  return code < text.size() && is_no_number(text.substr(code), kMinNational);
}

}  // namespace

bool says_nothing(std::string_view text) {
  text = trim(text);
  if (text.size() > kMaxPlaceholderBytes) return false;
  return text.empty() || is_only_punctuation(text) || kChineseNothing.contains(text) ||
         kNothing.contains_in_lower_case(text);
}

bool is_placeholder(FieldKind kind, std::string_view text) {
  text = trim(text);
  if (text.size() > kMaxPlaceholderBytes) return false;
  if (says_nothing(text) || kDummies.contains_in_lower_case(text)) return true;
  switch (kind) {
    case FieldKind::person_name:
    case FieldKind::full_name:
    case FieldKind::org_name:
      return is_no_name(text);
    case FieldKind::email:
      return is_no_email(text);
    case FieldKind::phone:
      return is_no_phone(text);
    case FieldKind::identifier:
      return is_no_identifier(text);
    case FieldKind::date:
      return kNoDates.contains(text);
    case FieldKind::instant:
      return kNoDates.contains(text.substr(0, 10));
    default:
      return false;
  }
}

}  // namespace cdh
