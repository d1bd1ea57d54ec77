#include "hub/config/http_url.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <arpa/inet.h>

#include "hub/base/text.hpp"

namespace cdh {

namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_visible(char c) { return c > 0x20 && c < 0x7F; }

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() && port >= 1 &&
         port <= 65'535;
}

// "[::1]:80" or "host:80" into its two; without a port that is empty. False when there is no host.
bool part_host(std::string_view text, std::string_view& host, std::string_view& port) {
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == text.npos) return false;
    host = text.substr(1, end - 1);
    port = text.substr(end + 1);
  } else {
    host = text.substr(0, text.find(':'));
    port = text.substr(host.size());
    if (host.empty() || !is_letter_or_digit(host.front())) return false;
  }
  if (host.empty()) return false;
  if (port.empty()) return true;
  if (port.front() != ':' || !is_port(port.substr(1))) return false;
  port.remove_prefix(1);
  return true;
}

}  // namespace

bool HttpUrl::is_elsewhere() const {
  const std::string name = ascii_lower(host);
  if (name == "localhost") return false;
  in_addr v4{};
  if (::inet_pton(AF_INET, name.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24U) != 127;
  in6_addr v6{};
  return ::inet_pton(AF_INET6, name.c_str(), &v6) != 1 || !IN6_IS_ADDR_LOOPBACK(&v6);
}

std::optional<HttpUrl> parse_http_url(std::string_view text) {
  if (!std::ranges::all_of(text, is_visible)) return std::nullopt;
  constexpr std::string_view kBegin = "://";
  const std::size_t end_of_scheme = text.find(kBegin);
  if (end_of_scheme == text.npos) return std::nullopt;
  const std::string scheme = ascii_lower(text.substr(0, end_of_scheme));
  if (scheme != "http" && scheme != "https") return std::nullopt;
  HttpUrl url;
  url.is_tls = scheme == "https";
  std::string_view rest = text.substr(end_of_scheme + kBegin.size());
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const std::size_t at = rest.rfind('@'); at != rest.npos) {
    url.user = rest.substr(0, at);
    rest.remove_prefix(at + 1);
  }
  std::string_view port;
  return part_host(rest, url.host, port) ? std::optional(url) : std::nullopt;
}

bool looks_like_url(std::string_view text) {
  const std::size_t colon = text.find(":/");
  return colon != text.npos && colon > 1 && std::ranges::all_of(text.substr(0, colon), [](char c) {
           return is_letter_or_digit(c) || c == '+' || c == '-' || c == '.';
         });
}

}  // namespace cdh
