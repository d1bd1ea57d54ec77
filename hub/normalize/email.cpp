#include "hub/normalize/email.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <memory>

#include <unicode/bytestream.h>
#include <unicode/idna.h>

#include "hub/base/text.hpp"
#include "hub/normalize/fold.hpp"
#include "hub/normalize/utf8.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxTextBytes = 1000;
constexpr std::size_t kMaxLocalBytes = 64;
constexpr std::size_t kMaxAddressBytes = 254;
constexpr std::size_t kMaxLabelBytes = 63;

// Sorted; without dots, hyphens and underscores. English, Polish, German, and pinyin as Chinese
// companies use it. RFC 2142 names the technical ones.
constexpr std::string_view kRoles[] = {
    "abuse",         "account",       "accounting", "accounts",       "admin",
    "administracja", "administrator", "anfrage",    "bestellung",     "bewerbung",
    "billing",       "biuro",         "bok",        "booking",        "buchhaltung",
    "caigou",        "caiwu",         "careers",    "contact",        "customerservice",
    "donotreply",    "einkauf",       "enquiries",  "faktury",        "feedback",
    "finance",       "handel",        "handlowy",   "hello",          "help",
    "helpdesk",      "hostmaster",    "hr",         "info",           "inquiry",
    "invoice",       "invoices",      "it",         "jobs",           "kadry",
    "kefu",          "kontakt",       "ksiegowosc", "mail",           "mailerdaemon",
    "marketing",     "news",          "newsletter", "nichtantworten", "noc",
    "noreply",       "office",        "order",      "orders",         "poczta",
    "post",          "postmaster",    "praca",      "press",          "privacy",
    "purchasing",    "recepcja",      "reception",  "reklamacje",     "rekrutacja",
    "reservations",  "rodo",          "root",       "sales",          "security",
    "sekretariat",   "service",       "serwis",     "shichang",       "sklep",
    "spam",          "sprzedaz",      "support",    "team",           "verkauf",
    "vertrieb",      "webmaster",     "xiaoshou",   "zakupy",         "zamowienia",
    "zarzad",        "zentrale",      "zhaopin"};
static_assert(std::is_sorted(std::begin(kRoles), std::end(kRoles)));

// Sorted. Mail for everybody, and the mailboxes that come with an internet line.
constexpr std::string_view kPublicProviders[] = {
    "126.com",        "139.com",        "163.com",          "189.cn",
    "aliyun.com",     "aol.com",        "att.net",          "autograf.pl",
    "bigpond.com",    "bluewin.ch",     "blueyonder.co.uk", "btinternet.com",
    "buziaczek.pl",   "centrum.cz",     "charter.net",      "comcast.net",
    "cox.net",        "duck.com",       "earthlink.net",    "fastmail.com",
    "fastmail.fm",    "foxmail.com",    "free.fr",          "freenet.de",
    "gazeta.pl",      "gmail.com",      "gmx.at",           "gmx.ch",
    "gmx.com",        "gmx.de",         "gmx.net",          "go2.pl",
    "googlemail.com", "hey.com",        "hotmail.co.uk",    "hotmail.com",
    "hotmail.de",     "hotmail.fr",     "hotmail.it",       "icloud.com",
    "inbox.com",      "interia.eu",     "interia.pl",       "laposte.net",
    "libero.it",      "live.co.uk",     "live.com",         "live.fr",
    "live.nl",        "mac.com",        "mail.com",         "mail.ru",
    "me.com",         "msn.com",        "naver.com",        "ntlworld.com",
    "o2.pl",          "onet.eu",        "onet.pl",          "op.pl",
    "orange.fr",      "outlook.com",    "outlook.de",       "outlook.fr",
    "plusnet.com",    "pm.me",          "poczta.fm",        "poczta.onet.pl",
    "posteo.de",      "proton.me",      "protonmail.ch",    "protonmail.com",
    "qq.com",         "rediffmail.com", "rocketmail.com",   "sbcglobal.net",
    "seznam.cz",      "sfr.fr",         "sina.cn",          "sina.com",
    "sky.com",        "sohu.com",       "spoko.pl",         "t-online.de",
    "talktalk.net",   "tiscali.co.uk",  "tlen.pl",          "tutanota.com",
    "verizon.net",    "vip.qq.com",     "virgin.net",       "virginmedia.com",
    "vp.pl",          "wanadoo.fr",     "web.de",           "wp.eu",
    "wp.pl",          "ya.ru",          "yahoo.co.uk",      "yahoo.com",
    "yahoo.de",       "yahoo.fr",       "yandex.com",       "yandex.ru",
    "yeah.net",       "ymail.com",      "zoho.com"};
static_assert(std::is_sorted(std::begin(kPublicProviders), std::end(kPublicProviders)));

// Domains whose provider delivers name+tag@ to name@.
constexpr std::string_view kTagDomains[] = {
    "fastmail.com", "gmail.com", "googlemail.com", "hey.com",       "hotmail.co.uk", "hotmail.com",
    "icloud.com",   "live.com",  "mac.com",        "me.com",        "msn.com",       "outlook.com",
    "pm.me",        "proton.me", "protonmail.ch",  "protonmail.com"};

template <std::size_t N>
bool contains(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// Characters of an unquoted local part in small letters: RFC 5322 atext and the dot.
constexpr std::array<bool, 128> kIsLocalCharacter = [] {
  std::array<bool, 128> is{};
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.";
  for (const char c : kAllowed) is[static_cast<unsigned char>(c)] = true;
  return is;
}();

// What is left when the wrapping that people paste is taken off.
std::string_view unwrap(std::string_view text) {
  text = trim(text);
  if (const std::size_t open = text.rfind('<'); open != std::string_view::npos) {
    const std::size_t close = text.find('>', open);
    if (close != std::string_view::npos) text = text.substr(open + 1, close - open - 1);
  }
  text = trim(text);
  if (text.size() > 7 && ascii_lower(text.substr(0, 7)) == "mailto:") {
    text.remove_prefix(7);
    text = text.substr(0, text.find('?'));
  }
  while (!text.empty() && std::string_view("'\"(").find(text.front()) != std::string_view::npos) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::string_view("'\"),;.").find(text.back()) != std::string_view::npos) {
    text.remove_suffix(1);
  }
  return trim(text);
}

bool is_local_part(std::string_view local) {
  if (local.empty() || local.size() > kMaxLocalBytes) return false;
  if (local.front() == '.' || local.back() == '.') return false;
  if (local.find("..") != std::string_view::npos) return false;
  return std::all_of(local.begin(), local.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || kIsLocalCharacter[byte];  // beyond ASCII: RFC 6531
  });
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > kMaxLabelBytes) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

// At least two labels, the last with a letter.
bool is_domain(std::string_view domain) {
  std::size_t labels = 0;
  for (;;) {
    const std::size_t dot = domain.find('.');
    const std::string_view label = domain.substr(0, dot);
    if (!is_label(label)) return false;
    ++labels;
    if (dot == std::string_view::npos) {
      return labels >= 2 &&
             std::any_of(label.begin(), label.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    }
    domain.remove_prefix(dot + 1);
  }
}

// Empty when it is no domain name.
std::string idna_to_ascii(std::string_view domain) {
  static const std::unique_ptr<const icu::IDNA> idna = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<const icu::IDNA>(
        icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII, status));
  }();
  if (idna == nullptr) return {};
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  icu::IDNAInfo info;
  UErrorCode status = U_ZERO_ERROR;
  idna->nameToASCII_UTF8(icu::StringPiece(domain.data(), static_cast<std::int32_t>(domain.size())),
                         sink, info, status);
  return U_FAILURE(status) || info.hasErrors() ? std::string() : out;
}

}  // namespace

std::optional<std::string> normalize_email(std::string_view text) {
  if (text.size() > kMaxTextBytes) return std::nullopt;
  text = unwrap(text);
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return std::nullopt;
  std::string address;
  if (is_ascii(text)) {
    address = ascii_lower(text);
  } else {
    const std::string domain = idna_to_ascii(text.substr(at + 1));
    address = lower_case(text.substr(0, at));
    address += '@';
    address += domain;
  }
  const std::string_view whole = address;
  const std::size_t split_at = whole.rfind('@');
  if (address.size() > kMaxAddressBytes) return std::nullopt;
  if (!is_local_part(whole.substr(0, split_at)) || !is_domain(whole.substr(split_at + 1))) {
    return std::nullopt;
  }
  return address;
}

bool is_role_mailbox(std::string_view canonical) {
  const std::string_view local = canonical.substr(0, canonical.find_first_of("+@"));
  std::string plain;
  for (const char c : local) {
    if (c != '.' && c != '-' && c != '_') plain += c;
  }
  return std::binary_search(std::begin(kRoles), std::end(kRoles), std::string_view(plain));
}

bool is_public_provider(std::string_view domain) {
  return std::binary_search(std::begin(kPublicProviders), std::end(kPublicProviders), domain);
}

std::string match_form(std::string_view canonical) {
  const std::size_t at = canonical.rfind('@');
  if (at == std::string_view::npos) return std::string(canonical);
  std::string_view local = canonical.substr(0, at);
  std::string_view domain = canonical.substr(at + 1);
  if (!contains(kTagDomains, domain)) return std::string(canonical);
  local = local.substr(0, local.find('+'));
  const bool is_gmail = domain == "gmail.com" || domain == "googlemail.com";
  if (is_gmail) domain = "gmail.com";
  std::string form;
  for (const char c : local) {
    if (!is_gmail || c != '.') form += c;
  }
  if (form.empty()) return std::string(canonical);
  form += '@';
  form += domain;
  return form;
}

}  // namespace cdh
