#include "hub/store/mariadb_address.hpp"

#include <string_view>

#include "hub/base/error.hpp"

namespace cdh {

namespace {

// By which the password itself does not reach the server, nor anything it could be had from by a
// server that only says it is the right one: not mysql_clear_password and dialog, and not
// sha256_password and caching_sha2_password, which encrypt it by a key that the server sends.
constexpr std::string_view kSafeWithoutTls =
    "mysql_native_password,client_ed25519,auth_gssapi_client";

// Name='value' as SOCI wants it, with backslashes before quotes and backslashes.
void add_parameter(std::string_view name, std::string_view value, std::string& out) {
  if (value.empty()) return;
  out.append(name).append("='");
  for (const char c : value) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  out += "' ";
}

// The driver would read one with other characters as a list of hosts or of its own options.
void require_host(std::string_view host) {
  constexpr std::string_view kOthers = ".-_:%";
  for (const char c : host) {
    const bool is_plain =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_plain || kOthers.find(c) != kOthers.npos) continue;
    throw Error(ErrorKind::config, "the host in the store's URL is no name and no address");
  }
}

// SOCI knows no option for these. It hands the host on as it is, and where that has an equals sign,
// the driver takes it for options, one of them the host:
// https://mariadb.com/docs/connectors/mariadb-connector-c/api-functions/mysql_real_connect
std::string host_with_options(const StoreUrl& url) {
  require_host(url.host);
  std::string out = "local-infile=0";
  if (!url.host.empty()) out.append(";host=").append(url.host);
  const bool is_local = url.host.empty() || url.host == "localhost";
  if (url.parameters.contains("ssl_ca")) {
    out.append(";ssl-enforce=1;ssl-verify-server-cert=1");
  } else if (!is_local) {
    out.append(";restricted-auth=").append(kSafeWithoutTls);
  }
  return out;
}

}  // namespace

std::string mariadb_connect_string(const StoreUrl& url) {
  std::string out = "charset='utf8mb4' connect_timeout='30' ";
  add_parameter("host", host_with_options(url), out);
  add_parameter("port", url.port, out);
  add_parameter("user", url.user, out);
  add_parameter("password", url.password, out);
  add_parameter("db", url.database, out);
  for (const auto& [name, value] : url.parameters) {
    if (name == "socket") {
      add_parameter("unix_socket", value, out);
    } else if (name == "ssl_ca") {
      if (value.empty()) throw Error(ErrorKind::config, "ssl_ca in the store's URL names no file");
      add_parameter("sslca", value, out);
    } else if (name == "user" || name == "password") {
      add_parameter(name, value, out);
    } else {
      throw Error(ErrorKind::config, "the store's URL has the parameter " + name +
                                         "; known are socket, ssl_ca, user and password");
    }
  }
  return out;
}

}  // namespace cdh
