#include "hub/store/mariadb_error.hpp"

#include <errmsg.h>
#include <mysqld_error.h>

#include "hub/base/error.hpp"

namespace cdh {

namespace {

// Of mysys, which has no public header: the server's own files.
constexpr unsigned int kCannotWriteFile = 3;
constexpr unsigned int kDiskIsFull = 20;

std::string without_values(unsigned int number, std::string_view message) {
  switch (number) {
    case ER_DUP_ENTRY:
      return "a row with the same key is there already";
    case ER_TRUNCATED_WRONG_VALUE:
    case ER_TRUNCATED_WRONG_VALUE_FOR_FIELD:
      return "a value does not fit its column";
    case ER_PARSE_ERROR:
      return "the server does not understand the statement";
    case CR_PLUGIN_NOT_ALLOWED:  // the driver names the wrong one
      return "the server asks for the password in a way that shows it";
    default:
      return std::string(message);
  }
}

std::string_view advice(unsigned int number) {
  switch (number) {
    case ER_ACCESS_DENIED_ERROR:
      return "check the user name and the password in hub: store";
    case ER_DBACCESS_DENIED_ERROR:
    case ER_TABLEACCESS_DENIED_ERROR:
      return "the store's user needs all rights on its database: GRANT ALL ON name.* TO user";
    case ER_BAD_DB_ERROR:
      return "make it with CREATE DATABASE, or change hub: store";
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
    case CR_UNKNOWN_HOST:
      return "is the server running, and does it listen there?";
    case CR_SSL_CONNECTION_ERROR:
      return "with ssl_ca the server must offer TLS and show a certificate of that authority, made "
             "for the host that stands in hub: store. No password was sent";
    case CR_PLUGIN_NOT_ALLOWED:
      return "without ssl_ca in hub: store none is sent so: name the authority of the server's "
             "certificate there, or let the store's user log in by mysql_native_password or "
             "ed25519";
    case ER_INDEX_COLUMN_TOO_LONG:
    case ER_TOO_LONG_KEY:
      return "set the server's innodb_default_row_format to dynamic, as it is when nobody sets it, "
             "and "
             "make the database anew";
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST:
    case ER_CONNECTION_KILLED:
    case ER_SERVER_SHUTDOWN:
      return "the connection to the server broke; its log may say why. Start the command again";
    case kCannotWriteFile:
    case kDiskIsFull:
    case ER_DISK_FULL:
    case ER_ERROR_ON_WRITE:
    case ER_RECORD_FILE_FULL:
      return "is the server's disk full, or a quota used up?";
    case ER_LOCK_WAIT_TIMEOUT:
      return "another process is writing for minutes already; see `cdh status`, and try again when "
             "it has finished";
    case ER_LOCK_DEADLOCK:
      return "another process was writing the same rows; try again";
    case ER_NET_PACKET_TOO_LARGE:
    case CR_NET_PACKET_TOO_LARGE:
      return "set the server's max_allowed_packet higher";
    default:
      return {};
  }
}

}  // namespace

std::string mariadb_message(unsigned int number, std::string_view message) {
  std::string out = without_values(number, message) + " (error " + std::to_string(number) + ")";
  if (const std::string_view what = advice(number); !what.empty()) {
    out.append("; ").append(what);
  }
  return out;
}

void fail_mariadb(MYSQL* connection, std::string_view doing) {
  throw Error(ErrorKind::store,
              std::string(doing) + ": " +
                  mariadb_message(mysql_errno(connection), mysql_error(connection)));
}

void fail_mariadb(MYSQL_STMT* statement, std::string_view doing) {
  throw Error(ErrorKind::store,
              std::string(doing) + ": " +
                  mariadb_message(mysql_stmt_errno(statement), mysql_stmt_error(statement)));
}

}  // namespace cdh
