#include "hub/config/text_rules.hpp"

#include <algorithm>
#include <array>

#include "hub/base/text.hpp"
#include "hub/config/http_url.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxNameBytes = 60;
constexpr std::size_t kMaxStreamNameBytes = 100;

// The 249 officially assigned codes, https://www.iso.org/obp/ui/#search (2024), and XK (Kosovo),
// which phone numbers and the European Union use.
constexpr std::string_view kCountries =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ "
    "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW "
    "GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY "
    "KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV "
    "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY "
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG "
    "TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA "
    "ZM ZW";

bool is_store_url(std::string_view text) {
  static constexpr std::array<std::string_view, 3> kSchemes = {"sqlite://", "postgresql://",
                                                               "mariadb://"};
  return std::any_of(kSchemes.begin(), kSchemes.end(), [&](std::string_view scheme) {
    return text.starts_with(scheme) && text.size() > scheme.size();
  });
}

bool is_country(std::string_view text) {
  return text.size() == 2 && text.find(' ') == text.npos && kCountries.find(text) != text.npos;
}

bool is_time_zone(std::string_view text) {
  if (text == "UTC") return true;
  const auto allowed = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  };
  return text.size() <= kMaxNameBytes && std::all_of(text.begin(), text.end(), allowed) &&
         text.find('/') != text.npos && text.front() >= 'A' && text.front() <= 'Z' &&
         text.back() != '/' && text.find("//") == text.npos;
}

bool is_lower_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNameBytes &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
         });
}

// A slash parts the names in "source/stream/key".
bool is_stream_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxStreamNameBytes && trim(text) == text &&
         is_valid_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
           return c == '/' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
         });
}

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_visible(char c) { return c > 0x20 && c < 0x7F; }

bool is_http_url(std::string_view text) { return parse_http_url(text).has_value(); }

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 && text.front() != '0' &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }) &&
         (text.size() < 5 || text <= "65535");
}

bool is_mail_server(std::string_view text) {
  for (const std::string_view scheme : {"smtp://", "smtps://", "smtp+starttls://"}) {
    if (!text.starts_with(scheme)) continue;
    text.remove_prefix(scheme.size());
    const std::size_t colon = text.find(':');
    const std::string_view host = text.substr(0, colon);
    return !host.empty() && host.size() <= 253 &&
           (colon == text.npos || is_port(text.substr(colon + 1))) &&
           std::ranges::all_of(host,
                               [](char c) { return is_alphanumeric(c) || c == '.' || c == '-'; });
  }
  return false;
}

bool is_mail_address(std::string_view text) {
  const std::size_t at = text.find('@');
  return text.size() <= 254 && at != text.npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == text.npos && text.find_first_of("<>,;:\"\\()[]") == text.npos &&
         std::ranges::all_of(text, is_visible);
}

bool is_header_name(std::string_view text) {
  // What says where a request goes and where it ends is the hub's.
  static constexpr std::array<std::string_view, 5> kReserved = {
      "content-length", "host", "transfer-encoding", "connection", "expect"};
  return !text.empty() && text.size() <= kMaxNameBytes &&
         std::ranges::find(kReserved, ascii_lower(text)) == kReserved.end() &&
         std::ranges::all_of(text,
                             [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; });
}

bool is_one_line(std::string_view text) {
  return std::ranges::none_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace

constexpr std::string_view kLowerNameMust = "may hold only a-z, 0-9, _ and -, at most 60 of them";
constexpr std::string_view kLowerNamePattern = "^[a-z0-9_-]{1,60}$";

const TextRule kStoreUrl = {"must begin with sqlite://, postgresql:// or mariadb:// and go on",
                            "^(sqlite|postgresql|mariadb)://.", is_store_url};
const TextRule kCountryCode = {"must be an ISO 3166 country code of two capitals, such as PL",
                               "^[A-Z]{2}$", is_country};
const TextRule kTimeZone = {"must be a time zone such as Europe/Warsaw, or UTC",
                            "^(UTC|[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)+)$", is_time_zone};
const TextRule kLowerName = {kLowerNameMust, kLowerNamePattern, is_lower_name};
const TextRule kHttpUrl = {
    "must begin with http:// or https:// and name a host, and its port at most 65535",
    "^[Hh][Tt][Tt][Pp][Ss]?://", is_http_url};
const TextRule kMailServer = {
    "must be smtps://HOST, smtp+starttls://HOST or smtp://HOST, where :PORT may follow",
    "^(smtps|smtp\\+starttls|smtp)://[A-Za-z0-9.-]+(:[0-9]+)?$", is_mail_server};
const TextRule kMailAddress = {"must be one mail address such as ops@shop.example",
                               "^[^@ ]+@[^@ ]+$", is_mail_address};
const TextRule kHeaderName = {
    "may hold only letters, digits, - and _, and is none of Content-Length, Host, "
    "Transfer-Encoding, Connection and Expect",
    "^[A-Za-z0-9_-]{1,60}$", is_header_name};
const TextRule kOneLine = {"must be one line without control characters",
                           R"(^[^\u0000-\u001F\u007F]*$)", is_one_line};
const TextRule kStreamName = {"may hold no / and at most 100 bytes of text without outer blanks",
                              R"(^[^/\u0000-\u001F\u007F]{1,100}$)", is_stream_name};

}  // namespace cdh
