#include <mysqld_error.h>
#include <soci/mysql/soci-mysql.h>

#include "hub/config/secret_mask.hpp"
#include "hub/store/backend.hpp"
#include "hub/store/mariadb_address.hpp"
#include "hub/store/mariadb_error.hpp"
#include "hub/store/mariadb_rows.hpp"
#include "hub/store/store_url.hpp"

namespace cdh {

namespace {

// The first with atomic DDL that is also the one of Debian 12, on which the tests run.
constexpr unsigned long kOldestVersion = 101100;

// What the store relies on, whatever the server's defaults are. Quotes and || as in standard SQL, an
// error for what would not fit, and all rows of every result. A writing transaction sees what others
// have committed meanwhile. Temporary tables hold lists that are often emptied, which InnoDB does row
// by row.
constexpr const char* kSession =
    "SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin;"
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES,"
    "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';"
    "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;"
    "SET SESSION autocommit = 1, completion_type = 0, sql_safe_updates = 0, max_statement_time = 0,"
    "sql_select_limit = 18446744073709551615, sql_big_selects = 1,"
    "default_storage_engine = InnoDB, default_tmp_storage_engine = Aria,"
    "wait_timeout = 604800, innodb_lock_wait_timeout = 300, lock_wait_timeout = 300";

// Locks have names, one list of them for the whole server, of at most 64 characters.
constexpr const char* kTryLock = "SELECT GET_LOCK(CONCAT('cdh.', MD5(DATABASE())), 0)";
constexpr const char* kUnlock = "SELECT RELEASE_ALL_LOCKS()";
constexpr const char* kHolder =  // the connection; 0: nobody
    "SELECT COALESCE(IS_USED_LOCK(CONCAT('cdh.', MD5(DATABASE()))), 0)";

// What a statement of a migration fails with when it was done before.
bool says_done_before(unsigned int number) {
  return number == ER_TABLE_EXISTS_ERROR || number == ER_BAD_TABLE_ERROR ||
         number == ER_DUP_FIELDNAME || number == ER_DUP_KEYNAME || number == ER_DUP_ENTRY ||
         number == ER_CANT_DROP_FIELD_OR_KEY;
}

// A CROSS JOIN keeps its order on SQLite, and queries that begin with the few rows of `affected`
// rely on it. Here the server may turn it round, and then reads a whole table for each of the few.
std::string in_order_as_written(std::string_view sql) {
  constexpr std::string_view kJoin = "CROSS JOIN";
  std::string out;
  for (std::size_t at = sql.find(kJoin); at != sql.npos; at = sql.find(kJoin)) {
    out.append(sql.substr(0, at)).append("STRAIGHT_JOIN");
    sql.remove_prefix(at + kJoin.size());
  }
  return out.append(sql);
}

// The statements of a script, by the semicolons outside of quotes.
std::vector<std::string_view> statements_of(std::string_view script) {
  std::vector<std::string_view> statements;
  char quote = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= script.size(); ++i) {
    const char c = i < script.size() ? script[i] : ';';
    if (quote != 0 && i < script.size()) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"' || c == '`') {
      quote = c;
    } else if (c == ';') {
      const std::string_view statement = script.substr(begin, i - begin);
      if (statement.find_first_not_of(" \t\r\n") != statement.npos) statements.push_back(statement);
      begin = i + 1;
    }
  }
  return statements;
}

class MariadbBackend final : public Backend {
 public:
  explicit MariadbBackend(const std::string& url) {
    const std::string opening = "cannot open the store " + masked_store_url(url);
    const StoreUrl parts = parse_store_url(url);
    const std::string how = mariadb_connect_string(parts);
    as_store_error(*this, opening, [&] { session_.open(soci::mysql, how); });
    connection_ = static_cast<soci::mysql_session_backend*>(session_.get_backend())->conn_;
    if (parts.parameters.contains("ssl_ca")) require_encryption(opening);
    require_version(opening);
    run_script(kSession);
    most_bytes_ = static_cast<std::size_t>(number("SELECT @@max_allowed_packet"));
  }

  // The server notices a closed connection a little later: the next command would find the lock
  // still held.
  ~MariadbBackend() override {
    if (holds_lock_) mysql_query(connection_, kUnlock);
  }

  std::string message_of(const soci::soci_error& failure) const override {
    const std::string text = failure.get_error_message();
    const auto* numbered = dynamic_cast<const soci::mysql_soci_error*>(&failure);
    return numbered != nullptr ? mariadb_message(numbered->err_num_, text) : text;
  }

  std::string_view dialect() const override { return "mariadb"; }
  bool has_transactional_ddl() const override { return false; }
  std::string begin_statement(Transaction::Access access) const override {
    return access == Transaction::Access::write ? "START TRANSACTION"
                                                : "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;"
                                                  "START TRANSACTION WITH CONSISTENT SNAPSHOT";
  }

  // A key of InnoDB has at most 3,072 bytes, and a character counts four of them: what may be longer
  // than 255 characters is bytes there.
  std::string replacement(std::string_view placeholder) const override {
    static constexpr std::string_view kCollated =
        " CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";
    if (placeholder == "id") return "BIGINT PRIMARY KEY";
    if (placeholder == "text") return "LONGTEXT" + std::string(kCollated);
    if (placeholder == "key") return "VARCHAR(255)" + std::string(kCollated);
    if (placeholder == "long_key") return "VARBINARY(1500)";
    if (placeholder == "prefix") return "(191)";
    if (placeholder == "bytes") return "LONGBLOB";
    if (placeholder == "clustered") return "";
    if (placeholder == "empty") return "DELETE FROM";  // TRUNCATE would commit
    // With its table named twice, a DELETE is planned like a SELECT: it goes by the smaller table.
    const std::string table(
        placeholder.substr(std::min(placeholder.find(' '), placeholder.size())));
    if (placeholder.starts_with("delete ")) return "DELETE" + table + " FROM" + table;
    if (placeholder.starts_with("with ")) return "," + table;
    if (placeholder.starts_with("from ")) return "";
    return standard_replacement(placeholder);
  }

  void run_script(const std::string& statements) override {
    for (const std::string_view statement : statements_of(statements)) {
      if (!run(statement)) fail_mariadb(connection_, "the store refuses a statement");
    }
  }

  void run_script_again(const std::string& statements) override {
    for (const std::string_view statement : statements_of(statements)) {
      if (!run(statement) && !says_done_before(mysql_errno(connection_))) {
        fail_mariadb(connection_, "the store refuses a statement");
      }
    }
  }

  bool has_table(const std::string& name) override {
    const auto row = query(
        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND "
        "table_name = ?",
        {}, {name});
    return row->next() && row->integer(0) > 0;
  }

  void require_room_for_store() override {
    if (number("SELECT COUNT(*) FROM information_schema.tables "
               "WHERE table_schema = DATABASE()") == 0) {
      return;
    }
    throw Error(ErrorKind::store,
                "the database of the store has tables of another program, and a customer store on "
                "MariaDB wants one of its own: make it with CREATE DATABASE and name it in "
                "hub: store");
  }

  std::unique_ptr<BulkInsert> bulk_insert(std::string_view table,
                                          const std::vector<std::string>& columns) override {
    return std::make_unique<MariadbInsert>(connection_, std::string(table), columns, most_bytes_);
  }

  std::unique_ptr<Cursor> query(std::string_view sql, const std::vector<std::int64_t>& integers,
                                const std::vector<std::string>& texts) override {
    return std::make_unique<MariadbCursor>(connection_, in_order_as_written(sql), integers, texts);
  }

  // Taken twice, such a lock would have to be given back twice.
  bool try_lock_for_run() override {
    holds_lock_ = holds_lock_ || number(kTryLock) == 1;
    return holds_lock_;
  }

  void unlock_for_run() override {
    run_script(kUnlock);
    holds_lock_ = false;
  }

  bool is_locked_for_run() override { return number(kHolder) != 0; }

  std::string statement_against_holder() override {
    const std::int64_t connection = number(kHolder);
    return connection == 0 ? "" : "KILL " + std::to_string(connection);
  }

 private:
  // False when the server refuses it. What it returns is thrown away.
  bool run(std::string_view statement) {
    if (mysql_real_query(connection_, statement.data(), statement.size()) != 0) return false;
    mysql_free_result(mysql_store_result(connection_));
    return mysql_errno(connection_) == 0;
  }

  std::int64_t number(const std::string& sql) {
    MariadbCursor row(connection_, sql, {}, {});
    return row.next() ? row.integer(0) : 0;
  }

  // The driver has seen to it; another one may know the options by other names and pass over them.
  void require_encryption(const std::string& opening) {
    if (mysql_get_ssl_cipher(connection_) != nullptr) return;
    throw Error(ErrorKind::store,
                opening + ": ssl_ca asks for an encrypted connection, and this one is not");
  }

  void require_version(const std::string& opening) {
    const unsigned long version = mysql_get_server_version(connection_);
    if (mariadb_connection(connection_) != 0 && version >= kOldestVersion) return;
    throw Error(ErrorKind::store, opening + ": the server is " +
                                      mysql_get_server_info(connection_) +
                                      ", and the store needs MariaDB 10.11 or later");
  }

  MYSQL* connection_ = nullptr;
  std::size_t most_bytes_ = 0;  // of one statement
  bool holds_lock_ = false;
};

}  // namespace

std::unique_ptr<Backend> open_mariadb(const std::string& url) {
  return std::make_unique<MariadbBackend>(url);
}

}  // namespace cdh
