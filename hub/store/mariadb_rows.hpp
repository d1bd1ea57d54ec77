// Rows into MariaDB and out of it. Private to hub/store.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include <mysql.h>

#include "hub/store/database.hpp"

namespace cdh {

// Gathers rows into INSERT statements of many rows, each within what the server takes at once.
// LOAD DATA LOCAL would be no safer way: it passes over rows whose key is there already, and cuts
// values that do not fit, with a warning. Needs the SQL mode NO_BACKSLASH_ESCAPES.
class MariadbInsert final : public BulkInsert {
 public:
  // `most_bytes`: the server's max_allowed_packet.
  MariadbInsert(MYSQL* connection, std::string table, const std::vector<std::string>& columns,
                std::size_t most_bytes);

  void add(std::int64_t value) override;
  void add(std::string_view text) override;
  void add_bytes(std::string_view bytes) override;
  void add_null() override;
  void end_row() override;
  void flush() override;

 private:
  void separate();
  void add_quoted(std::string_view text);
  void send(std::size_t size);

  MYSQL* connection_;
  std::string table_;
  std::string statement_;  // its head, then rows
  std::size_t head_size_, most_bytes_;
  std::size_t whole_rows_;  // so many bytes of the statement are its head and whole rows
  bool first_ = true;
};

// Reads through a cursor on the server, some rows at a time, so that memory stays flat and other
// statements can run on the connection meanwhile.
class MariadbCursor final : public Cursor {
 public:
  MariadbCursor(MYSQL* connection, const std::string& sql,
                const std::vector<std::int64_t>& integers, const std::vector<std::string>& texts);

  bool next() override;
  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  std::string_view text(int column) const override;
  std::string_view bytes(int column) override { return text(column); }

 private:
  struct StatementDeleter {
    void operator()(MYSQL_STMT* statement) const { mysql_stmt_close(statement); }
  };
  // Where the driver puts a column of the next row.
  struct Column {
    bool is_integer = false;
    std::int64_t integer = 0;
    std::string text;  // as large as the largest value so far
    unsigned long size = 0;
    my_bool is_null = 0, is_cut = 0;
    mutable std::array<char, 24> digits{};  // that text() returned last
  };

  void bind_parameters(const std::vector<std::int64_t>& integers,
                       const std::vector<std::string>& texts);
  void bind_columns();
  void fetch_cut_columns();
  const Column& at(int column) const { return columns_[static_cast<std::size_t>(column)]; }

  std::unique_ptr<MYSQL_STMT, StatementDeleter> statement_;
  std::vector<Column> columns_;
  std::vector<MYSQL_BIND> binds_;  // of the columns
  bool at_end_ = false;
};

}  // namespace cdh
