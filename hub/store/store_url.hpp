// The parts of the URL of a store that is on a database server. Private to hub/store.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace cdh {

// scheme://user:password@host:port/database?name=value&name=value, each part decoded. What is not
// said is empty.
struct StoreUrl {
  std::string user, password, host, port, database;
  std::map<std::string, std::string> parameters;
};

// Throws Error(config), which never quotes the password, unless the URL has this form.
StoreUrl parse_store_url(std::string_view url);

// A driver would take a piece of a password that is not encoded for the host or the port, and quote
// it: throws Error(config) that says how to write it.
void require_encoded_password(std::string_view url);

}  // namespace cdh
