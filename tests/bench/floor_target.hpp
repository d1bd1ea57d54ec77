// Where cdh-floor puts its rows: a store's database, written to in the fastest way it has.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

namespace cdh {

// A number or a text; blank text is NULL.
struct Parameter {
  Parameter(std::int64_t value) : number(value) {}
  Parameter(int value) : number(value) {}
  Parameter(std::string_view value) : text(value), is_text(true) {}
  Parameter(const char* value) : text(value), is_text(true) {}
  std::int64_t number = 0;
  std::string_view text;
  bool is_text = false;
};

// Rows of some columns of one table. What is added is there after the transaction's end.
class FloorRows {
 public:
  virtual ~FloorRows() = default;
  virtual void add(std::initializer_list<Parameter> values) = 0;
  virtual void flush() {}
};

class FloorTarget {
 public:
  virtual ~FloorTarget() = default;
  // Statements that return nothing, parted by semicolons.
  virtual void run(const std::string& sql) = 0;
  // `columns`: "id, name".
  virtual std::unique_ptr<FloorRows> rows(const std::string& table, const std::string& columns) = 0;
  // Whether an index is sooner made of all rows at the end than kept while they come.
  virtual bool makes_indexes_last() const { return false; }
};

// Of an empty, migrated store. All throw std::runtime_error, here and later.
std::unique_ptr<FloorTarget> open_sqlite_floor(const std::string& path);     // prepared inserts
std::unique_ptr<FloorTarget> open_postgresql_floor(const std::string& url);  // COPY
std::unique_ptr<FloorTarget> open_mariadb_floor(const std::string& url);     // LOAD DATA LOCAL

// A row in the text form that both COPY and LOAD DATA read: tabs between values, \N for NULL.
void append_line(std::initializer_list<Parameter> values, std::string& out);

}  // namespace cdh
