#include <stdexcept>

#include <sqlite3.h>

#include "tests/bench/floor_target.hpp"

namespace cdh {

namespace {

void check(sqlite3* handle, int status) {
  if (status != SQLITE_OK && status != SQLITE_DONE) {
    throw std::runtime_error(std::string("SQLite: ") + sqlite3_errmsg(handle));
  }
}

class PreparedRows final : public FloorRows {
 public:
  PreparedRows(sqlite3* handle, const std::string& table, const std::string& columns)
      : handle_(handle) {
    std::string marks = "?";
    for (const char c : columns) marks += c == ',' ? ",?" : "";
    const std::string sql = "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")";
    check(handle, sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement_, nullptr));
  }
  ~PreparedRows() override { sqlite3_finalize(statement_); }
  PreparedRows(const PreparedRows&) = delete;
  PreparedRows& operator=(const PreparedRows&) = delete;

  void add(std::initializer_list<Parameter> values) override {
    int position = 0;
    for (const Parameter& value : values) {
      ++position;
      if (!value.is_text) {
        sqlite3_bind_int64(statement_, position, value.number);
      } else if (value.text.empty()) {
        sqlite3_bind_null(statement_, position);
      } else {
        sqlite3_bind_text(statement_, position, value.text.data(),
                          static_cast<int>(value.text.size()), SQLITE_STATIC);
      }
    }
    check(handle_, sqlite3_step(statement_));
    sqlite3_reset(statement_);
  }

 private:
  sqlite3* handle_;
  sqlite3_stmt* statement_ = nullptr;
};

// WAL, synchronous NORMAL.
class SqliteFloor final : public FloorTarget {
 public:
  explicit SqliteFloor(const std::string& path) {
    check(handle_, sqlite3_open_v2(path.c_str(), &handle_,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr));
    run("PRAGMA synchronous=NORMAL; PRAGMA cache_size=-262144; PRAGMA temp_store=MEMORY;"
        "PRAGMA wal_autocheckpoint=16384; PRAGMA mmap_size=1073741824;");
  }
  ~SqliteFloor() override { sqlite3_close_v2(handle_); }
  SqliteFloor(const SqliteFloor&) = delete;
  SqliteFloor& operator=(const SqliteFloor&) = delete;

  void run(const std::string& sql) override {
    check(handle_, sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr));
  }
  std::unique_ptr<FloorRows> rows(const std::string& table, const std::string& columns) override {
    return std::make_unique<PreparedRows>(handle_, table, columns);
  }

 private:
  sqlite3* handle_ = nullptr;
};

}  // namespace

std::unique_ptr<FloorTarget> open_sqlite_floor(const std::string& path) {
  return std::make_unique<SqliteFloor>(path);
}

}  // namespace cdh
