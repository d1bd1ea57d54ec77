// What MariaDB says of a failure, made fit to be shown. Private to hub/store.
#pragma once

#include <string>
#include <string_view>

#include <mysql.h>

namespace cdh {

// The server's or driver's message with its number, and what to do where that is known. Messages
// that quote values of rows are said in other words.
std::string mariadb_message(unsigned int number, std::string_view message);

// Error(store): `doing`, then the connection's or the statement's last failure.
[[noreturn]] void fail_mariadb(MYSQL* connection, std::string_view doing);
[[noreturn]] void fail_mariadb(MYSQL_STMT* statement, std::string_view doing);

}  // namespace cdh
