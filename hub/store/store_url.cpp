#include "hub/store/store_url.hpp"

#include <algorithm>
#include <charconv>

#include "hub/base/error.hpp"

namespace cdh {

namespace {

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char byte = 0;
    const char* digits = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      out += static_cast<char>(byte);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

// Takes what stands before the first `mark` off the text, or all of it.
std::string_view take_until(std::string_view& text, char mark) {
  const std::size_t end = std::min(text.find(mark), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

void split_authority(std::string_view authority, StoreUrl& out) {
  const std::size_t at = authority.rfind('@');
  if (at != authority.npos) {
    std::string_view who = authority.substr(0, at);
    out.user = decoded(take_until(who, ':'));
    out.password = decoded(who);
    authority.remove_prefix(at + 1);
  }
  const std::size_t bracket = authority.rfind(']');  // of an IPv6 address
  const std::size_t colon = authority.find(':', bracket == authority.npos ? 0 : bracket);
  if (colon != authority.npos) out.port = authority.substr(colon + 1);
  authority = authority.substr(0, colon);
  if (bracket != authority.npos && authority.starts_with('[')) {
    authority = authority.substr(1, bracket - 1);
  }
  out.host = decoded(authority);
}

}  // namespace

StoreUrl parse_store_url(std::string_view url) {
  require_encoded_password(url);
  StoreUrl out;
  url.remove_prefix(url.find("://") + 3);
  std::string_view place = take_until(url, '?');
  split_authority(take_until(place, '/'), out);
  out.database = decoded(place);
  while (!url.empty()) {
    std::string_view parameter = take_until(url, '&');
    const std::string_view name = take_until(parameter, '=');
    out.parameters[decoded(name)] = decoded(parameter);
  }
  if (out.port.find_first_not_of("0123456789") != out.port.npos) {
    throw Error(ErrorKind::config, "the port in the store's URL is not a number");
  }
  if (out.database.empty()) {
    throw Error(ErrorKind::config,
                "the store's URL names no database: write it after the host, as in "
                "//user@host/DATABASE");
  }
  return out;
}

void require_encoded_password(std::string_view url) {
  url.remove_prefix(url.find("://") + 3);
  const std::string_view authority = url.substr(0, url.find_first_of("/?#"));
  const auto signs = std::ranges::count(authority, '@');
  const std::string_view port = authority.substr(std::min(authority.rfind(':'), authority.size()));
  const bool is_port = port.find_first_not_of(":0123456789]") == port.npos;
  if (signs == 1 || (signs == 0 && is_port)) return;
  throw Error(ErrorKind::config,
              "the user name or password in the store's URL has one of the characters @ / ? #; "
              "write %40 for @, %2F for /, %3F for ? and %23 for #");
}

}  // namespace cdh
