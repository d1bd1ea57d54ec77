#include "hub/store/store_url.hpp"

#include <algorithm>
#include <charconv>

#include "hub/base/error.hpp"

namespace cdh {

namespace {

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorKind::config, why); }

std::string decoded(std::string_view text) {
  std::string out;
  for (; !text.empty(); text.remove_prefix(1)) {
    if (text.front() != '%') {
      out += text.front();
      continue;
    }
    unsigned char byte = 0;
    const char* digits = text.data() + 1;
    const bool is_code =
        text.size() > 2 && std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
    if (!is_code) {
      refuse("a % in the store's URL has no two hexadecimal digits after it; write %25 for %");
    }
    if (byte == 0) refuse("the store's URL has a %00, which nothing in it can hold");
    out += static_cast<char>(byte);
    text.remove_prefix(2);
  }
  return out;
}

void require_port(std::string_view port) {
  unsigned number = 0;
  const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
  const bool is_port = read.ec == std::errc() && read.ptr == port.data() + port.size() &&
                       number >= 1 && number <= 65535;
  if (!port.empty() && !is_port) refuse("the port in the store's URL is no number from 1 to 65535");
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
  require_port(out.port);
  if (out.database.empty()) {
    refuse(
        "the store's URL names no database: write it after the host, as in //user@host/DATABASE");
  }
  return out;
}

void require_encoded_password(std::string_view url) {
  url.remove_prefix(url.find("://") + 3);
  const std::string_view authority = url.substr(0, url.find_first_of("/?#"));
  const auto signs = std::ranges::count(authority, '@');
  // What follows the first / ? # of a password that is not encoded.
  const bool has_piece_behind = url.find_first_of("@#", authority.size()) != url.npos;
  const std::string_view port = authority.substr(std::min(authority.rfind(':'), authority.size()));
  const bool is_port = port.find_first_not_of(":0123456789]") == port.npos;
  if (!has_piece_behind && (signs == 1 || (signs == 0 && is_port))) return;
  refuse(
      "the store's URL has an @ or # where none can be; when it is of the user name, the password "
      "or a "
      "parameter, write %40 for @, %2F for /, %3F for ? and %23 for #");
}

}  // namespace cdh
