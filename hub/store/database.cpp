#include "hub/store/database.hpp"

#include <algorithm>

#include "hub/config/secret_mask.hpp"
#include "hub/store/backend.hpp"
#include "hub/store/run_lock.hpp"

namespace cdh {

namespace {

constexpr std::string_view kSqlite = "sqlite://";

std::unique_ptr<Backend> open(const std::string& url, Database::Mode mode) {
  if (url.starts_with(kSqlite)) return open_sqlite(url.substr(kSqlite.size()), mode);
  if (url.starts_with("postgresql://")) return open_postgresql(url);
  if (url.starts_with("mariadb://")) return open_mariadb(url);
  throw Error(ErrorKind::config, "the store " + masked_store_url(url) +
                                     " is neither sqlite:// nor postgresql:// nor mariadb://");
}

}  // namespace

std::string Backend::standard_replacement(std::string_view placeholder) {
  const std::size_t space = std::min(placeholder.find(' '), placeholder.size());
  const std::string_view word = placeholder.substr(0, space);
  const std::string table(placeholder.substr(std::min(space + 1, placeholder.size())));
  if (word == "delete") return "DELETE FROM " + table;
  if (word == "from") return "FROM " + table;
  if (word == "with" || word == "prefix") return "";
  throw Error(ErrorKind::internal, "no replacement for {" + std::string(placeholder) + "}");
}

Database::Database(const std::string& url, Mode mode) : url_(url), backend_(open(url, mode)) {}
Database::~Database() = default;

Backend& Database::backend() { return *backend_; }
soci::session& Database::session() { return backend_->session(); }
bool Database::has_transactional_ddl() const { return backend_->has_transactional_ddl(); }

std::string_view Database::dialect() const { return backend_->dialect(); }

std::string Database::in_dialect(std::string_view statements) const {
  std::string sql;
  while (!statements.empty()) {
    const std::size_t open = statements.find('{');
    sql.append(statements.substr(0, open));
    if (open == std::string_view::npos) break;
    const std::size_t close = statements.find('}', open);
    sql.append(backend_->replacement(statements.substr(open + 1, close - open - 1)));
    statements.remove_prefix(close + 1);
  }
  return sql;
}

void Database::execute(std::string_view statements) {
  backend_->run_script(in_dialect(statements));
}

void Database::execute_again(std::string_view statements) {
  backend_->run_script_again(in_dialect(statements));
}

bool Database::has_table(const std::string& name) { return backend_->has_table(name); }
void Database::require_room_for_store() { backend_->require_room_for_store(); }

std::unique_ptr<BulkInsert> Database::bulk_insert(std::string_view table,
                                                  const std::vector<std::string>& columns) {
  return backend_->bulk_insert(table, columns);
}

std::unique_ptr<Cursor> Database::query(std::string_view sql,
                                        const std::vector<std::int64_t>& parameters) {
  return backend_->query(sql, parameters, {});
}

std::unique_ptr<Cursor> Database::query_text(std::string_view sql,
                                             const std::vector<std::string>& parameters) {
  return backend_->query(sql, {}, parameters);
}

std::int64_t Database::number(std::string_view sql, std::int64_t otherwise) {
  const std::unique_ptr<Cursor> row = query(sql);
  return row->next() && !row->is_null(0) ? row->integer(0) : otherwise;
}

bool Database::try_lock_for_run() {
  if (!backend_->try_lock_for_run()) return false;
  if (fence_ == 0) fence_ = take_fence(*this);
  return true;
}

void Database::unlock_for_run() {
  fence_ = 0;
  backend_->unlock_for_run();
}

bool Database::is_locked_for_run() { return backend_->is_locked_for_run(); }
std::string Database::statement_against_holder() { return backend_->statement_against_holder(); }

Transaction::Transaction(Database& database, Access access) : database_(database), access_(access) {
  database_.backend_->run_script(database_.backend_->begin_statement(access));
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.backend_->run_script("ROLLBACK");
  } catch (const std::exception&) {
    // The connection is lost, and the transaction with it; the failure on its way says why.
  }
}

void Transaction::commit() {
  if (database_.fence_ != 0 && access_ == Access::write) {
    require_fence(database_, database_.fence_);
  }
  try {
    database_.backend_->run_script("COMMIT");
  } catch (Error& error) {
    error.add_context("cannot commit");
    throw;
  }
  open_ = false;
}

Savepoint::Savepoint(Database& database) : database_(database) {
  database_.execute("SAVEPOINT part");
}

void Savepoint::release() { database_.execute("RELEASE SAVEPOINT part"); }

void Savepoint::roll_back() {
  database_.execute("ROLLBACK TO SAVEPOINT part");
  release();
}

}  // namespace cdh
