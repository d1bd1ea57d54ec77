// A connection to the profile store's database, in three forms: SOCI for ordinary statements, and
// for millions of rows a bulk insert and a cursor that use each database's fastest safe way.
//
//     Database database("sqlite:///var/lib/cdh/customers.db", Database::Mode::create);
//     Transaction transaction(database);
//     auto rows = database.bulk_insert("link", {"party_id", "profile_id"});
//     rows->add(17); rows->add(4); rows->end_row();
//     rows->flush();
//     transaction.commit();
//
// One thread at a time. Failures are Error(store).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace soci {
class session;
}

namespace cdh {

class Backend;

// Rows on their way into a table. Values are given in the order of the columns; text must stay
// valid until end_row(). Rows are visible after flush(), at the latest.
class BulkInsert {
 public:
  virtual ~BulkInsert() = default;
  virtual void add(std::int64_t value) = 0;
  virtual void add(std::string_view text) = 0;
  virtual void add_bytes(std::string_view bytes) = 0;  // for a column of {bytes}
  virtual void add_null() = 0;
  virtual void end_row() = 0;
  virtual void flush() = 0;

  // Blank text becomes NULL.
  void add_or_null(std::string_view text) { text.empty() ? add_null() : add(text); }
};

// A forward-only result. Text is valid until the next call of next().
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual bool next() = 0;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual std::string_view bytes(int column) = 0;  // of a column of {bytes}
};

class Database {
 public:
  enum class Mode { create, existing, view };

  // `url`: sqlite:///absolute/path, postgresql://user@host/name or mariadb://user@host/name. Unless
  // it may be created, an SQLite file must be there already. A new one gets mode 0600. With
  // Mode::view one that this user cannot write is opened, too: while nobody has it open, as a file
  // that does not change, so a run that begins meanwhile spoils what is read.
  Database(const std::string& url, Mode mode);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // For statements inside hub/store.
  Backend& backend();
  soci::session& session();

  // Statements without parameters, separated by semicolons, with placeholders for what differs
  // between databases. In tables: `{id}`, `{text}`, `{bytes}` and `{clustered}` stand for the primary
  // key, bytewise text, type of any bytes and index-organised table. A text column of a key or whole
  // index is `{key}`, for at most 255 characters, or `{long_key}`, for at most 1,500 bytes; one in
  // another index is followed there by `{prefix}`. In statements:
  //   {empty} t                                        takes out all rows; no cursor may be open on t
  //   {delete t} WHERE x IN (SELECT ...)               DELETE FROM t, fast with a few rows of many
  //   UPDATE t {with u} SET x = y {from u} WHERE ...   x and y in t and u alone; u gives the values
  void execute(std::string_view statements);

  // The same for a migration that was interrupted on a database that cannot take back what is done
  // to tables: passes over what was done then.
  void execute_again(std::string_view statements);

  bool has_table(const std::string& name);

  // Before the first table is made. Throws Error(store) where the tables of another program would be
  // in the way of a migration that cannot be rolled back.
  void require_room_for_store();

  std::unique_ptr<BulkInsert> bulk_insert(std::string_view table,
                                          const std::vector<std::string>& columns);
  // `sql` may hold ? for each of the parameters.
  std::unique_ptr<Cursor> query(std::string_view sql,
                                const std::vector<std::int64_t>& parameters = {});
  std::unique_ptr<Cursor> query_text(std::string_view sql,
                                     const std::vector<std::string>& parameters);

  // One number of one row; `otherwise` when there is no row or it is null.
  std::int64_t number(std::string_view sql, std::int64_t otherwise = 0);

  // Takes the lock that keeps other runs out. It dies with this connection or process. False when
  // somebody else holds it. Should it be lost and taken by somebody else, no transaction of this
  // connection commits any more: Error(conflict), see run_lock.hpp. Not within a transaction. In a
  // store without tables it has no such fence; take it once more when they are made.
  bool try_lock_for_run();
  void unlock_for_run();
  // Whether anybody holds it, this connection included. Never in a run's way.
  bool is_locked_for_run();
  // The fence of the lock that this connection took; 0: it holds none, or one without.
  std::int64_t fence() const { return fence_; }
  // The statement by which a server's administrator ends the connection that holds the lock; empty
  // when there is none.
  std::string statement_against_holder();

  std::string_view dialect() const;  // "sqlite", "postgresql", "mariadb"
  // Whether tables and indexes come and go with a transaction as rows do.
  bool has_transactional_ddl() const;
  const std::string& url() const { return url_; }

 private:
  friend class Transaction;
  std::string in_dialect(std::string_view statements) const;

  std::string url_;
  std::unique_ptr<Backend> backend_;
  std::int64_t fence_ = 0;
};

// Rolls back unless committed. Transactions do not nest.
class Transaction {
 public:
  // A writing one waits its turn when it begins; a reading one sees one state of the store until it
  // ends, and is in nobody's way.
  enum class Access { write, read };
  explicit Transaction(Database& database, Access access = Access::write);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  Access access_;
  bool open_ = true;
};

// Within a transaction: what is written from here on, until it ends, can be taken back alone. Stays
// unless rolled back. One at a time.
class Savepoint {
 public:
  explicit Savepoint(Database& database);
  void release();
  void roll_back();

 private:
  Database& database_;
};

}  // namespace cdh
