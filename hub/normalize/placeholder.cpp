#include "hub/normalize/placeholder.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "hub/base/text.hpp"
#include "hub/normalize/fold.hpp"
#include "hub/normalize/utf8.hpp"

namespace cdh {

namespace {

// What is longer says something.
constexpr std::size_t kMaxPlaceholderBytes = 254;

// What somebody wrote to try a form, or to get past it. Sorted, as the next.
constexpr std::string_view kDummies[] = {"do not use",  "do usuniecia", "dummy",
                                         "placeholder", "test",         "test test",
                                         "testing",     "testowy",      "测试"};
static_assert(std::is_sorted(std::begin(kDummies), std::end(kDummies)));

// "Nothing", in ASCII lower case, blanks as given. Sorted.
constexpr std::string_view kNothing[] = {"#n/a",
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
                                         "unspecified"};
static_assert(std::is_sorted(std::begin(kNothing), std::end(kNothing)));

constexpr std::string_view kChineseNothing[] = {"无",   "無",     "没有", "不详",   "不詳",
                                                "未知", "暂无",   "暫無", "未填写", "不知道",
                                                "空",   "无名氏", "匿名", "保密"};

// In the name of nobody; folded.
constexpr std::string_view kNoName[] = {
    "anonim",     "anonimowy",         "anonymous", "asdf",     "asdfgh", "customer",
    "first name", "firstname",         "gosc",      "guest",    "imie",   "imie i nazwisko",
    "klient",     "klient detaliczny", "last name", "lastname", "name",   "nazwisko",
    "qwerty",     "surname",           "user"};

// Local parts that reach nobody, or anybody; plain letters and digits.
constexpr std::string_view kNoMailbox[] = {
    "abc",    "asd",     "asdf",    "brak",       "brakmaila", "donotreply", "email",   "example",
    "fake",   "mail",    "na",      "nieposiada", "niema",     "nobody",     "noemail", "noexiste",
    "nomail", "none",    "noreply", "null",       "qwe",       "qwerty",     "sample",  "test",
    "tester", "testing", "testowy", "unknown",    "user",      "xxx"};

// Addresses under these reach nobody: written into forms to get past them, or reserved (RFC 6761).
// Domains for examples are left alone: whole data sets live under them.
constexpr std::string_view kNoDomains[] = {"test.pl",    "brak.pl",   "noemail.com",
                                           "nomail.com", "mail.mail", "fake.com"};
constexpr std::string_view kNoTopLevel[] = {".invalid", ".localhost"};

constexpr std::string_view kNoDates[] = {"0001-01-01", "0000-00-00", "1111-11-11", "1899-12-30",
                                         "1899-12-31", "1900-01-01", "1900-01-02", "1901-01-01",
                                         "1970-01-01", "2099-12-31", "2999-12-31", "9999-01-01",
                                         "9999-12-31"};

template <std::size_t N>
bool contains(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

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

template <std::size_t N>
bool contains_sorted(const std::string_view (&words)[N], std::string_view word) {
  return std::binary_search(std::begin(words), std::end(words), word);
}

// No letter and no digit: "-", "???", "...".
bool is_only_punctuation(std::string_view text) {
  return is_ascii(text) && std::none_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

bool is_no_name(std::string_view text) {
  const std::string name = fold(text);
  if (name.size() >= 3 && is_one_character_repeated(name)) return true;  // "xxx"
  return !name.empty() &&
         (contains(kNoName, name) ||
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
  if (contains(kNoMailbox, local) || contains(kNoDomains, domain)) return true;
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
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
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
  return text.empty() || is_only_punctuation(text) || contains(kChineseNothing, text) ||
         contains_sorted(kNothing, ascii_lower(text));
}

bool is_placeholder(FieldKind kind, std::string_view text) {
  text = trim(text);
  if (text.size() > kMaxPlaceholderBytes) return false;
  if (says_nothing(text) || contains_sorted(kDummies, ascii_lower(text))) return true;
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
      return contains(kNoDates, text);
    case FieldKind::instant:
      return contains(kNoDates, text.substr(0, 10));
    default:
      return false;
  }
}

}  // namespace cdh
