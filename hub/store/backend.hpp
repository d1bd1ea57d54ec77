// What differs between databases. Private to hub/store; database.hpp is the way in.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <soci/soci.h>

#include "hub/base/error.hpp"
#include "hub/store/database.hpp"

namespace cdh {

class Backend {
 public:
  virtual ~Backend() = default;

  soci::session& session() { return session_; }

  // What the vendor says of a failure of session(), without values of rows, and what to do where that
  // is known.
  virtual std::string message_of(const soci::soci_error& failure) const {
    return failure.get_error_message();
  }

  virtual std::string_view dialect() const = 0;
  virtual bool has_transactional_ddl() const { return true; }
  // The dialect's text for a placeholder of Database::execute.
  virtual std::string replacement(std::string_view placeholder) const = 0;
  virtual void run_script(const std::string& statements) = 0;
  // See Database::execute_again: only a database that cannot roll a migration back needs it.
  virtual void run_script_again(const std::string& statements) { run_script(statements); }
  virtual bool has_table(const std::string& name) = 0;
  // See Database::require_room_for_store.
  virtual void require_room_for_store() {}
  virtual std::unique_ptr<BulkInsert> bulk_insert(std::string_view table,
                                                  const std::vector<std::string>& columns) = 0;
  virtual std::unique_ptr<Cursor> query(std::string_view sql,
                                        const std::vector<std::int64_t>& integers,
                                        const std::vector<std::string>& texts) = 0;
  // One for writing can still write when it has read first.
  virtual std::string begin_statement(Transaction::Access access) const = 0;
  virtual bool try_lock_for_run() = 0;
  virtual void unlock_for_run() = 0;
  virtual bool is_locked_for_run() = 0;
  // See Database::statement_against_holder.
  virtual std::string statement_against_holder() { return ""; }

 protected:
  // For what most databases write alike. Throws for an unknown placeholder.
  static std::string standard_replacement(std::string_view placeholder);

  soci::session session_;
};

std::unique_ptr<Backend> open_sqlite(const std::string& path, Database::Mode mode);
std::unique_ptr<Backend> open_postgresql(const std::string& url);
std::unique_ptr<Backend> open_mariadb(const std::string& url);

// Runs `body`; what the vendor throws leaves as Error(store) with `doing` before it.
template <typename Body>
decltype(auto) as_store_error(const Backend& backend, std::string_view doing, Body&& body) {
  try {
    return body();
  } catch (const soci::soci_error& failure) {
    throw Error(ErrorKind::store, std::string(doing) + ": " + backend.message_of(failure));
  }
}

}  // namespace cdh
