// How the driver is told to reach a MariaDB server. Private to hub/store.
#pragma once

#include <string>

#include "hub/store/store_url.hpp"

namespace cdh {

// SOCI's connect string for the URL of a store.
//
// With `ssl_ca` the driver encrypts, and compares the server's certificate with that authority and
// with the host of the URL, before it says the user name. Without it, over a network, only such
// authentication is answered that shows the password to nobody. Never does the server get a file.
//
// Throws Error(config) for what the URL may not have.
std::string mariadb_connect_string(const StoreUrl& url);

}  // namespace cdh
