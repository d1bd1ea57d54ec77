#include <algorithm>
#include <charconv>
#include <string_view>

#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/config/secret_mask.hpp"
#include "hub/store/backend.hpp"
#include "hub/store/postgresql_error.hpp"
#include "hub/store/store_url.hpp"

namespace cdh {

namespace {

// What the store relies on, whatever the role's settings are. A run may read for minutes with a
// transaction open. Not every version has each of the limits.
constexpr const char* kSession =
    "SET client_min_messages = warning; SET client_encoding = 'UTF8';"
    "SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ('statement_timeout', "
    "'lock_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout', "
    "'transaction_timeout')";

// Rows wait here until a COPY carries them over in one piece: COPY owns the connection while it
// lasts, and several tables are written in turn.
constexpr std::size_t kCopyBytes = 1 << 20;

// "cdh" in ASCII and a number of our own: the advisory lock of a run.
constexpr const char* kTryLock = "SELECT pg_try_advisory_lock(6513768, 1)";
constexpr const char* kUnlock = "SELECT pg_advisory_unlock_all()";
constexpr const char* kHolder =
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = 6513768 AND objid = 1 "
    "AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

struct ResultDeleter {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ResultDeleter>;

class PostgresqlInsert final : public BulkInsert {
 public:
  PostgresqlInsert(PGconn* connection, std::string table, std::string copy)
      : connection_(connection), table_(std::move(table)), copy_(std::move(copy)) {}

  void add(std::int64_t value) override {
    separate();
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    rows_.append(digits, end);
  }
  // COPY's text format: backslash, tab and line ends are escaped.
  void add(std::string_view text) override {
    separate();
    for (const char c : text) {
      switch (c) {
        case '\\':
          rows_ += "\\\\";
          break;
        case '\t':
          rows_ += "\\t";
          break;
        case '\n':
          rows_ += "\\n";
          break;
        case '\r':
          rows_ += "\\r";
          break;
        default:
          rows_ += c;
      }
    }
  }
  // The hexadecimal form of bytea, its backslash escaped for COPY.
  void add_bytes(std::string_view bytes) override {
    constexpr std::string_view kDigits = "0123456789abcdef";
    separate();
    rows_ += "\\\\x";
    for (const char c : bytes) {
      const auto byte = static_cast<unsigned char>(c);
      rows_ += kDigits[byte >> 4];
      rows_ += kDigits[byte & 0xf];
    }
  }
  void add_null() override {
    separate();
    rows_ += "\\N";
  }
  void end_row() override {
    rows_ += '\n';
    first_ = true;
    if (rows_.size() >= kCopyBytes) flush();
  }
  void flush() override {
    if (rows_.empty()) return;
    const Result start(PQexec(connection_, copy_.c_str()));
    if (PQresultStatus(start.get()) != PGRES_COPY_IN)
      fail_postgresql(connection_, start.get(), "cannot write to table " + table_);
    if (PQputCopyData(connection_, rows_.data(), static_cast<int>(rows_.size())) != 1 ||
        PQputCopyEnd(connection_, nullptr) != 1) {
      fail_postgresql(connection_, nullptr, "cannot write to table " + table_);
    }
    rows_.clear();
    const Result end(PQgetResult(connection_));
    while (const Result rest{PQgetResult(connection_)}) {
    }
    if (PQresultStatus(end.get()) != PGRES_COMMAND_OK)
      fail_postgresql(connection_, end.get(), "cannot write to table " + table_);
  }

 private:
  void separate() {
    if (!first_) rows_ += '\t';
    first_ = false;
  }
  PGconn* connection_;
  std::string table_, copy_, rows_;
  bool first_ = true;
};

// Reads through a server-side cursor, a block at a time, so that memory stays flat. Without a
// transaction the result is read whole: such queries are small.
class PostgresqlCursor final : public Cursor {
 public:
  PostgresqlCursor(PGconn* connection, const std::string& sql,
                   const std::vector<const char*>& parameters)
      : connection_(connection) {
    const bool in_transaction = PQtransactionStatus(connection) == PQTRANS_INTRANS;
    if (in_transaction) {
      static thread_local std::uint64_t counter = 0;
      name_ = "cdh_cursor_" + std::to_string(++counter);
    }
    const std::string statement =
        in_transaction ? "DECLARE " + name_ + " NO SCROLL CURSOR FOR " + sql : sql;
    result_.reset(PQexecParams(connection, statement.c_str(), static_cast<int>(parameters.size()),
                               nullptr, parameters.data(), nullptr, nullptr, 0));
    const ExecStatusType status = PQresultStatus(result_.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      fail_postgresql(connection, result_.get(), "cannot read from the store (" + sql + ")");
    }
    if (in_transaction) result_.reset();
  }
  ~PostgresqlCursor() override {
    if (!name_.empty() && PQtransactionStatus(connection_) == PQTRANS_INTRANS) {
      const Result closed(PQexec(connection_, ("CLOSE " + name_).c_str()));
    }
  }
  bool next() override {
    ++row_;
    if (result_ != nullptr && row_ < PQntuples(result_.get())) return true;
    if (name_.empty()) return false;
    result_.reset(PQexec(connection_, ("FETCH 5000 FROM " + name_).c_str()));
    if (PQresultStatus(result_.get()) != PGRES_TUPLES_OK)
      fail_postgresql(connection_, result_.get(), "cannot read from the store");
    row_ = 0;
    return PQntuples(result_.get()) > 0;
  }
  bool is_null(int column) const override { return PQgetisnull(result_.get(), row_, column) != 0; }
  std::int64_t integer(int column) const override {
    const std::string_view digits = text(column);
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  }
  std::string_view text(int column) const override {
    return {PQgetvalue(result_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
  }
  std::string_view bytes(int column) override {
    const std::string_view digits =
        text(column).substr(std::min<std::size_t>(2, text(column).size()));
    const auto value = [](char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; };
    bytes_.clear();
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
      bytes_.push_back(static_cast<char>(value(digits[i]) << 4 | value(digits[i + 1])));
    }
    return bytes_;
  }

 private:
  PGconn* connection_;
  std::string name_;
  std::string bytes_;  // that bytes() returned last
  Result result_;
  int row_ = -1;
};

class PostgresqlBackend final : public Backend {
 public:
  explicit PostgresqlBackend(const std::string& url) {
    require_encoded_password(url);
    const std::string opening = "cannot open the store " + masked_store_url(url);
    as_store_error(*this, opening, [&] { session_.open(soci::postgresql, url); });
    connection_ = static_cast<soci::postgresql_session_backend*>(session_.get_backend())->conn_;
    PQsetErrorVerbosity(connection_, PQERRORS_TERSE);  // the lines of detail and context quote rows
    require_utf8(opening);
    run_script(kSession);
  }

  std::string message_of(const soci::soci_error& failure) const override {
    const auto* from_server = dynamic_cast<const soci::postgresql_soci_error*>(&failure);
    const std::string state = from_server != nullptr ? from_server->sqlstate() : "";
    return postgresql_message(failure.get_error_message(), trim(state));
  }

  // The server notices a closed connection a little later: the next command would find the lock
  // still held.
  ~PostgresqlBackend() override {
    if (!holds_lock_) return;
    const Result unlocked(PQexec(connection_, kUnlock));
  }

  std::string_view dialect() const override { return "postgresql"; }
  std::string begin_statement(Transaction::Access access) const override {
    return access == Transaction::Access::write ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ";
  }

  std::string replacement(std::string_view placeholder) const override {
    if (placeholder == "id") return "BIGINT PRIMARY KEY";
    if (placeholder == "text" || placeholder == "key" || placeholder == "long_key") {
      return "TEXT COLLATE \"C\"";
    }
    if (placeholder == "bytes") return "BYTEA";
    if (placeholder == "clustered") return "";
    // A table that is emptied by DELETE keeps the rows until the transaction ends, and so do all that
    // follow: each of a thousand times would look at them.
    if (placeholder == "empty") return "TRUNCATE";
    return standard_replacement(placeholder);
  }

  void run_script(const std::string& statements) override {
    const Result result(PQexec(connection_, statements.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
      fail_postgresql(connection_, result.get(), "the store refuses a statement");
    }
  }

  std::unique_ptr<BulkInsert> bulk_insert(std::string_view table,
                                          const std::vector<std::string>& columns) override {
    std::string names;
    for (const std::string& column : columns) names += (names.empty() ? "" : ", ") + column;
    return std::make_unique<PostgresqlInsert>(
        connection_, std::string(table),
        "COPY " + std::string(table) + " (" + names + ") FROM STDIN");
  }

  std::unique_ptr<Cursor> query(std::string_view sql, const std::vector<std::int64_t>& integers,
                                const std::vector<std::string>& texts) override {
    std::vector<std::string> parameters;
    for (const std::int64_t value : integers) parameters.push_back(std::to_string(value));
    parameters.insert(parameters.end(), texts.begin(), texts.end());
    std::vector<const char*> pointers;
    for (const std::string& parameter : parameters) pointers.push_back(parameter.c_str());
    return std::make_unique<PostgresqlCursor>(connection_, numbered(sql), pointers);
  }

  bool has_table(const std::string& name) override {
    const auto row = query(
        "SELECT COUNT(*) FROM pg_class WHERE relname = ? AND pg_table_is_visible(oid)", {}, {name});
    return row->next() && row->integer(0) > 0;
  }

  bool try_lock_for_run() override {
    const Result result(PQexec(connection_, kTryLock));
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK)
      fail_postgresql(connection_, result.get(), "cannot take the run's lock");
    const bool taken = std::string_view(PQgetvalue(result.get(), 0, 0)) == "t";
    holds_lock_ = holds_lock_ || taken;
    return taken;
  }

  void unlock_for_run() override {
    run_script(kUnlock);
    holds_lock_ = false;
  }

  bool is_locked_for_run() override { return !lock_holder().empty(); }

  std::string statement_against_holder() override {
    const std::string pid = lock_holder();
    return pid.empty() ? "" : "SELECT pg_terminate_backend(" + pid + ")";
  }

 private:
  // Another one takes values until the first letter that it does not have.
  void require_utf8(const std::string& opening) const {
    const char* encoding = PQparameterStatus(connection_, "server_encoding");
    if (encoding != nullptr && std::string_view(encoding) == "UTF8") return;
    throw Error(ErrorKind::store,
                opening + ": the database has the encoding " +
                    (encoding != nullptr ? encoding : "of an unknown server") +
                    ", and a store needs UTF8: make another one with CREATE DATABASE name "
                    "ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0");
  }

  // The server's process that works for the holder's connection; empty: nobody holds the lock.
  std::string lock_holder() {
    const Result result(PQexec(connection_, kHolder));
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK)
      fail_postgresql(connection_, result.get(), "cannot look at the run's lock");
    return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
  }

  // ? ? becomes $1 $2.
  static std::string numbered(std::string_view sql) {
    std::string out;
    int count = 0;
    for (const char c : sql) {
      if (c == '?') {
        out += '$' + std::to_string(++count);
      } else {
        out += c;
      }
    }
    return out;
  }

  PGconn* connection_ = nullptr;
  bool holds_lock_ = false;
};

}  // namespace

std::unique_ptr<Backend> open_postgresql(const std::string& url) {
  return std::make_unique<PostgresqlBackend>(url);
}

}  // namespace cdh
