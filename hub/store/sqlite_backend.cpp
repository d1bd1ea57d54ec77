// SOCI includes sqlite3.h, inside a namespace of its own.
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include "hub/store/backend.hpp"

namespace cdh {

namespace {

using namespace sqlite_api;

// "disk I/O error" alone does not say what to look after; SQLite forgets the system's own reason.
std::string message_of(sqlite3* handle) {
  std::string message = sqlite3_errmsg(handle);
  switch (sqlite3_extended_errcode(handle)) {
    case SQLITE_FULL:
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_TRUNCATE:
    case SQLITE_IOERR_SHMSIZE:
      return message + " while writing; is the disk full, or a quota used up?";
    case SQLITE_NOTADB:
      return message +
             "; if the store should be another file, name that one; if this was the store, it is "
             "damaged: keep it aside, and put the last backup in its place";
    case SQLITE_CORRUPT:
      return message + "; the file is damaged: keep it aside, and put the last backup in its place";
    case SQLITE_BUSY:
      return "another process is writing for minutes already; see `cdh status`, and try again when "
             "it has finished (" +
             message + ")";
    default:
      return message;
  }
}

[[noreturn]] void fail(sqlite3* handle, std::string_view doing) {
  throw Error(ErrorKind::store, std::string(doing) + ": " + message_of(handle));
}

// A prepared statement of the C API; ends with its owner.
class Statement {
 public:
  Statement(sqlite3* handle, const std::string& sql) : handle_(handle) {
    if (sqlite3_prepare_v2(handle, sql.c_str(), static_cast<int>(sql.size()), &statement_,
                           nullptr) != SQLITE_OK) {
      fail(handle, "cannot prepare " + sql);
    }
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  sqlite3_stmt* get() const { return statement_; }
  sqlite3* handle() const { return handle_; }

 private:
  sqlite3* handle_;
  sqlite3_stmt* statement_ = nullptr;
};

class SqliteInsert final : public BulkInsert {
 public:
  SqliteInsert(sqlite3* handle, const std::string& sql, std::string table)
      : statement_(handle, sql), table_(std::move(table)) {}

  void add(std::int64_t value) override { sqlite3_bind_int64(statement_.get(), ++column_, value); }
  void add(std::string_view text) override {
    sqlite3_bind_text64(statement_.get(), ++column_, text.data() != nullptr ? text.data() : "",
                        text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  void add_bytes(std::string_view bytes) override {
    sqlite3_bind_blob64(statement_.get(), ++column_, bytes.data() != nullptr ? bytes.data() : "",
                        bytes.size(), SQLITE_STATIC);
  }
  void add_null() override { sqlite3_bind_null(statement_.get(), ++column_); }
  void end_row() override {
    column_ = 0;
    if (sqlite3_step(statement_.get()) != SQLITE_DONE) {
      const std::string message = message_of(statement_.handle());
      sqlite3_reset(statement_.get());
      throw Error(ErrorKind::store, "cannot write to table " + table_ + ": " + message);
    }
    sqlite3_reset(statement_.get());
  }
  void flush() override {}

 private:
  Statement statement_;
  std::string table_;
  int column_ = 0;
};

class SqliteCursor final : public Cursor {
 public:
  SqliteCursor(sqlite3* handle, const std::string& sql, const std::vector<std::int64_t>& integers,
               const std::vector<std::string>& texts)
      : statement_(handle, sql) {
    int index = 0;
    for (const std::int64_t value : integers) sqlite3_bind_int64(statement_.get(), ++index, value);
    for (const std::string& text : texts) {
      sqlite3_bind_text64(statement_.get(), ++index, text.data(), text.size(), SQLITE_TRANSIENT,
                          SQLITE_UTF8);
    }
  }
  bool next() override {
    if (at_end_) return false;  // another step would begin anew
    const int result = sqlite3_step(statement_.get());
    if (result == SQLITE_ROW) return true;
    if (result != SQLITE_DONE) {
      sqlite3* store = statement_.handle();
      fail(store, std::string("cannot read from the store ") + sqlite3_db_filename(store, "main"));
    }
    at_end_ = true;
    return false;
  }
  bool is_null(int column) const override {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
  }
  std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_.get(), column);
  }
  std::string_view text(int column) const override {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
  }
  std::string_view bytes(int column) override {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
  }

 private:
  Statement statement_;
  bool at_end_ = false;
};

// A Database is one thread's at a time, so a connection needs no mutex around every call: they were
// a fourteenth of a first run. Nobody asks for SQLite's count of its memory either, which takes a
// mutex for every allocation. Refused, without harm, where SQLite has begun to work already.
void do_without_mutexes() {
  [[maybe_unused]] static const int results[] = {sqlite3_config(SQLITE_CONFIG_MULTITHREAD),
                                                 sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0)};
}

// For the URIs of stores that cannot be written; refused likewise.
void allow_uris() {
  [[maybe_unused]] static const int result = sqlite3_config(SQLITE_CONFIG_URI, 1);
}

// Both the file and what SQLite puts beside it.
bool is_writable(const std::filesystem::path& path) {
  return ::access(path.c_str(), W_OK) == 0 && ::access(path.parent_path().c_str(), W_OK) == 0;
}

// After https://www.sqlite.org/uri.html
std::string uri_of(std::string_view path) {
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '%') {
      uri += "%25";
    } else if (c == '?') {
      uri += "%3f";
    } else if (c == '#') {
      uri += "%23";
    } else {
      uri += c;
    }
  }
  return uri;
}

class SqliteBackend final : public Backend {
 public:
  SqliteBackend(const std::string& path, Database::Mode mode) : path_(path) {
    do_without_mutexes();
    allow_uris();
    const bool exists = std::filesystem::exists(path);
    if (!exists && mode != Database::Mode::create) {
      throw Error(ErrorKind::store, "there is no store at " + path + " yet; `cdh run` creates it");
    }
    if (!exists) create_private_file();
    if (exists) refuse_emptied();
    if (mode == Database::Mode::view && !is_writable(path)) {
      open_read_only();
      return;
    }
    open(path);
    // A write-ahead log lets people read while a run writes.
    run_script("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=OFF;");
    size_memory(mode);
  }

  ~SqliteBackend() override {
    if (lock_file_ >= 0) ::close(lock_file_);
  }

  std::string_view dialect() const override { return "sqlite"; }
  std::string begin_statement(Transaction::Access access) const override {
    return access == Transaction::Access::write ? "BEGIN IMMEDIATE" : "BEGIN";
  }

  std::string replacement(std::string_view placeholder) const override {
    if (placeholder == "id") return "INTEGER PRIMARY KEY";
    if (placeholder == "text" || placeholder == "key" || placeholder == "long_key") return "TEXT";
    if (placeholder == "bytes") return "BLOB";
    if (placeholder == "clustered") return "WITHOUT ROWID";
    if (placeholder == "empty") return "DELETE FROM";
    return standard_replacement(placeholder);
  }

  void run_script(const std::string& statements) override {
    if (sqlite3_exec(handle_, statements.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      fail(handle_, path_);
    }
  }

  std::unique_ptr<BulkInsert> bulk_insert(std::string_view table,
                                          const std::vector<std::string>& columns) override {
    std::string names, marks;
    for (const std::string& column : columns) {
      names += (names.empty() ? "" : ", ") + column;
      marks += marks.empty() ? "?" : ", ?";
    }
    return std::make_unique<SqliteInsert>(
        handle_, "INSERT INTO " + std::string(table) + " (" + names + ") VALUES (" + marks + ")",
        std::string(table));
  }

  std::unique_ptr<Cursor> query(std::string_view sql, const std::vector<std::int64_t>& integers,
                                const std::vector<std::string>& texts) override {
    return std::make_unique<SqliteCursor>(handle_, std::string(sql), integers, texts);
  }

  bool has_table(const std::string& name) override {
    SqliteCursor row(handle_,
                     "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?", {},
                     {name});
    return row.next() && row.integer(0) > 0;
  }

  // The lock is on a file beside the store. Locks of an open file description (fcntl(2)) end with
  // it, and unlike those of flock(2) they can be looked at without being taken.
  bool try_lock_for_run() override {
    const std::string path = lock_path();
    if (lock_file_ < 0) lock_file_ = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (lock_file_ < 0) {
      throw Error(ErrorKind::store, "cannot create " + path + ": " + std::strerror(errno));
    }
    struct flock lock = whole_file(F_WRLCK);
    return ::fcntl(lock_file_, F_OFD_SETLK, &lock) == 0;
  }

  void unlock_for_run() override {
    struct flock lock = whole_file(F_UNLCK);
    if (lock_file_ >= 0) ::fcntl(lock_file_, F_OFD_SETLK, &lock);
  }

  bool is_locked_for_run() override {
    const std::string path = lock_path();
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) return false;
    struct flock lock = whole_file(F_WRLCK);
    const bool known = file >= 0 && ::fcntl(file, F_OFD_GETLK, &lock) == 0;
    const int reason = errno;
    if (file >= 0) ::close(file);
    if (!known) {
      throw Error(ErrorKind::store, "cannot look at " + path + ": " + std::strerror(reason));
    }
    return lock.l_type != F_UNLCK;
  }

 private:
  void open(const std::string& path_or_uri) {
    // The timeout, in seconds, is how long a statement waits for its turn. It counts from the first
    // statement on, so nothing else stands here: SOCI would run that before.
    as_store_error(*this, "cannot open the store " + path_,
                   [&] { session_.open(soci::sqlite3, "db=\"" + path_or_uri + "\" timeout=300"); });
    handle_ = static_cast<soci::sqlite3_session_backend*>(session_.get_backend())->conn_;
    refuse_foreign();
  }

  // A write-ahead log is read with the help of a file beside it, which only a writer can make. While
  // one has the store open, its own is used. Where no log is left, the file alone is the store, and
  // is read as one that does not change. After https://www.sqlite.org/wal.html#read_only_databases
  void open_read_only() {
    const std::string log = path_ + "-wal";
    std::error_code ignored;
    const bool has_log = std::filesystem::exists(log, ignored);
    const bool has_index = std::filesystem::exists(path_ + "-shm", ignored);
    if (has_log && !has_index && std::filesystem::file_size(log, ignored) > 0) {
      throw Error(
          ErrorKind::store,
          "cannot read the store " + path_ + ": what was written last is still in " + log +
              ", and taking it in needs the right to write to both and to their folder; run "
              "`cdh status` once as somebody who has it");
    }
    is_read_only_ = true;
    open(uri_of(path_) + (has_log && has_index ? "?mode=ro" : "?mode=ro&immutable=1"));
    size_memory(Database::Mode::view);
  }

  // The large page cache is what keeps the indexes' inner pages in memory while millions of rows are
  // written. One that only reads stands beside such a writer, often in its process.
  void size_memory(Database::Mode mode) {
    run_script(mode == Database::Mode::view
                   ? "PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY;"
                   : "PRAGMA cache_size=-262144; PRAGMA temp_store=MEMORY;"
                     "PRAGMA wal_autocheckpoint=16384; PRAGMA mmap_size=268435456;");
  }

  // The lock file is made after the first write to a new store: with it, an empty one was a store once.
  // A run would begin anew in it, and every id and decision were gone without a word.
  void refuse_emptied() const {
    std::error_code failed;
    const bool is_empty = std::filesystem::file_size(path_, failed) == 0 && !failed;
    if (!is_empty || !std::filesystem::exists(lock_path(), failed)) return;
    throw Error(ErrorKind::store,
                "the store " + path_ + " is empty, and was not: " + lock_path() +
                    " is there since its first run. Put the last backup in its place; to begin "
                    "anew, with other profile ids and without decisions, take both files away");
  }

  // Before the first change to the file: its journal's mode is one.
  void refuse_foreign() const {
    if (is_foreign()) {
      throw Error(ErrorKind::store, path_ +
                                        " is the database of another program: it has tables, and "
                                        "none of a customer store; name another file as the store");
    }
  }

  // The first look into the file: here it shows whether it is a database.
  bool is_foreign() const {
    try {
      SqliteCursor tables(handle_,
                          "SELECT COUNT(*), COALESCE(SUM(name = 'source_record'), 0) FROM "
                          "sqlite_master WHERE type = 'table' AND name <> 'schema_version'",
                          {}, {});
      return tables.next() && tables.integer(0) > 0 && tables.integer(1) == 0;
    } catch (const Error&) {
      const int reason = sqlite3_errcode(handle_) & 0xff;
      const bool is_forbidden =
          !is_read_only_ && (reason == SQLITE_READONLY || reason == SQLITE_CANTOPEN);
      fail(handle_, "cannot open the store " + path_ +
                        (is_forbidden ? " for writing, which its journal needs" : ""));
    }
  }

  std::string lock_path() const { return path_ + ".lock"; }

  static struct flock whole_file(short type) {
    struct flock lock = {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    return lock;
  }

  void create_private_file() {
    const int file = ::open(path_.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0) {
      throw Error(ErrorKind::store,
                  "cannot create the store " + path_ + ": " + std::strerror(errno));
    }
    ::close(file);
  }

  std::string path_;
  sqlite3* handle_ = nullptr;
  bool is_read_only_ = false;
  int lock_file_ = -1;
};

}  // namespace

std::unique_ptr<Backend> open_sqlite(const std::string& path, Database::Mode mode) {
  return std::make_unique<SqliteBackend>(path, mode);
}

}  // namespace cdh
