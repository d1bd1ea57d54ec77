// The address of a server that speaks HTTP.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cdh {

// The parts that decide whom something is told, and how safely. They point into the text.
struct HttpUrl {
  bool is_tls = false;
  std::string_view user;  // "name:password", percent-encoded; mostly empty
  std::string_view host;  // without the brackets of an IPv6 address

  // Whether what is sent there leaves this machine.
  bool is_elsewhere() const;
};

// "https://user:word@host:8443/path?query" and less. Nothing for another scheme, a host or port that
// cannot be, or a text with blanks or letters beyond ASCII.
std::optional<HttpUrl> parse_http_url(std::string_view text);

// Whether it means to be some URL, with "ftp://" or "https:/" at its beginning.
bool looks_like_url(std::string_view text);

}  // namespace cdh
