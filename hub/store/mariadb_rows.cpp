#include "hub/store/mariadb_rows.hpp"

#include <algorithm>
#include <charconv>

#include "hub/base/error.hpp"
#include "hub/store/mariadb_error.hpp"

namespace cdh {

namespace {

// Enough rows for a statement's own cost to vanish.
constexpr std::size_t kStatementBytes = 1 << 20;

// Rows that the driver holds at a time.
constexpr unsigned long kRowsAtOnce = 1000;

constexpr std::size_t kFirstTextBytes = 256;

bool is_integer(enum_field_types type) {
  return type == MYSQL_TYPE_TINY || type == MYSQL_TYPE_SHORT || type == MYSQL_TYPE_INT24 ||
         type == MYSQL_TYPE_LONG || type == MYSQL_TYPE_LONGLONG;
}

}  // namespace

MariadbInsert::MariadbInsert(MYSQL* connection, std::string table,
                             const std::vector<std::string>& columns, std::size_t most_bytes)
    : connection_(connection), table_(std::move(table)), most_bytes_(most_bytes) {
  statement_ = "INSERT INTO " + table_ + " (";
  for (const std::string& column : columns) {
    statement_ += (&column == &columns.front() ? "" : ", ") + column;
  }
  statement_ += ") VALUES ";
  head_size_ = whole_rows_ = statement_.size();
}

void MariadbInsert::add(std::int64_t value) {
  separate();
  char digits[24];
  statement_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

void MariadbInsert::add(std::string_view text) {
  separate();
  add_quoted(text);
}

void MariadbInsert::add_bytes(std::string_view bytes) {
  separate();
  statement_ += "_binary";
  add_quoted(bytes);
}

void MariadbInsert::add_null() {
  separate();
  statement_ += "NULL";
}

void MariadbInsert::add_quoted(std::string_view text) {
  statement_ += '\'';
  for (std::size_t quote = text.find('\''); quote != text.npos; quote = text.find('\'')) {
    statement_.append(text.substr(0, quote + 1)) += '\'';
    text.remove_prefix(quote + 1);
  }
  statement_.append(text) += '\'';
}

void MariadbInsert::separate() {
  if (!first_) {
    statement_ += ',';
  } else {
    statement_ += whole_rows_ == head_size_ ? "(" : ",(";
  }
  first_ = false;
}

void MariadbInsert::end_row() {
  statement_ += ')';
  first_ = true;
  if (statement_.size() >= most_bytes_ && whole_rows_ > head_size_) send(whole_rows_);
  whole_rows_ = statement_.size();
  if (whole_rows_ >= std::min(kStatementBytes, most_bytes_)) flush();
}

void MariadbInsert::flush() {
  if (whole_rows_ > head_size_) send(whole_rows_);
}

// So many bytes of the statement; a row after them begins with a comma, and stays.
void MariadbInsert::send(std::size_t size) {
  if (size >= most_bytes_) {
    throw Error(ErrorKind::store, "cannot write to table " + table_ + ": a row of " +
                                      std::to_string(size) +
                                      " bytes is more than the server takes at once; set its "
                                      "max_allowed_packet higher than the " +
                                      std::to_string(most_bytes_) + " that it is");
  }
  if (mysql_real_query(connection_, statement_.data(), size) != 0) {
    fail_mariadb(connection_, "cannot write to table " + table_);
  }
  const bool is_row_left = statement_.size() > size;
  statement_.erase(head_size_, size - head_size_ + (is_row_left ? 1 : 0));
  whole_rows_ = head_size_;
}

MariadbCursor::MariadbCursor(MYSQL* connection, const std::string& sql,
                             const std::vector<std::int64_t>& integers,
                             const std::vector<std::string>& texts)
    : statement_(mysql_stmt_init(connection)) {
  if (statement_ == nullptr) fail_mariadb(connection, "cannot read from the store");
  const unsigned long type = CURSOR_TYPE_READ_ONLY;
  mysql_stmt_attr_set(statement_.get(), STMT_ATTR_CURSOR_TYPE, &type);
  mysql_stmt_attr_set(statement_.get(), STMT_ATTR_PREFETCH_ROWS, &kRowsAtOnce);
  if (mysql_stmt_prepare(statement_.get(), sql.data(), sql.size()) != 0) {
    fail_mariadb(statement_.get(), "cannot read from the store (" + sql + ")");
  }
  bind_parameters(integers, texts);
  if (mysql_stmt_execute(statement_.get()) != 0) {
    fail_mariadb(statement_.get(), "cannot read from the store (" + sql + ")");
  }
  bind_columns();
}

void MariadbCursor::bind_parameters(const std::vector<std::int64_t>& integers,
                                    const std::vector<std::string>& texts) {
  std::vector<MYSQL_BIND> parameters(integers.size() + texts.size());
  if (parameters.size() != mysql_stmt_param_count(statement_.get())) {
    throw Error(ErrorKind::internal, "a query has not as many parameters as it needs");
  }
  auto next = parameters.begin();
  for (const std::int64_t& integer : integers) {
    next->buffer_type = MYSQL_TYPE_LONGLONG;
    next++->buffer = const_cast<std::int64_t*>(&integer);  // the driver only reads it
  }
  for (const std::string& text : texts) {
    next->buffer_type = MYSQL_TYPE_STRING;
    next->buffer_length = text.size();
    next++->buffer = const_cast<char*>(text.data());
  }
  if (!parameters.empty()) mysql_stmt_bind_param(statement_.get(), parameters.data());
}

void MariadbCursor::bind_columns() {
  const std::unique_ptr<MYSQL_RES, void (*)(MYSQL_RES*)> described(
      mysql_stmt_result_metadata(statement_.get()), &mysql_free_result);
  if (described == nullptr) fail_mariadb(statement_.get(), "cannot read from the store");
  columns_ = std::vector<Column>(mysql_num_fields(described.get()));
  binds_ = std::vector<MYSQL_BIND>(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    Column& column = columns_[i];
    MYSQL_BIND& bind = binds_[i];
    column.is_integer = is_integer(mysql_fetch_field(described.get())->type);
    bind.is_null = &column.is_null;
    bind.error = &column.is_cut;
    bind.length = &column.size;
    if (column.is_integer) {
      bind.buffer_type = MYSQL_TYPE_LONGLONG;
      bind.buffer = &column.integer;
    } else {
      column.text.resize(kFirstTextBytes);
      bind.buffer_type = MYSQL_TYPE_STRING;
      bind.buffer = column.text.data();
      bind.buffer_length = column.text.size();
    }
  }
  mysql_stmt_bind_result(statement_.get(), binds_.data());
}

bool MariadbCursor::next() {
  if (at_end_) return false;
  switch (mysql_stmt_fetch(statement_.get())) {
    case 0:
      return true;
    case MYSQL_DATA_TRUNCATED:
      fetch_cut_columns();
      return true;
    case MYSQL_NO_DATA:
      at_end_ = true;
      return false;
    default:
      fail_mariadb(statement_.get(), "cannot read from the store");
  }
}

void MariadbCursor::fetch_cut_columns() {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    Column& column = columns_[i];
    if (column.is_integer || column.is_null != 0 || column.size <= column.text.size()) continue;
    column.text.resize(std::max<std::size_t>(column.size, 2 * column.text.size()));
    binds_[i].buffer = column.text.data();
    binds_[i].buffer_length = column.text.size();
    const auto number = static_cast<unsigned int>(i);
    if (mysql_stmt_fetch_column(statement_.get(), &binds_[i], number, 0) != 0) {
      fail_mariadb(statement_.get(), "cannot read from the store");
    }
  }
  mysql_stmt_bind_result(statement_.get(), binds_.data());
}

bool MariadbCursor::is_null(int column) const { return at(column).is_null != 0; }

std::int64_t MariadbCursor::integer(int column) const {
  if (is_null(column)) return 0;
  if (at(column).is_integer) return at(column).integer;
  const std::string_view digits = text(column);
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::string_view MariadbCursor::text(int column) const {
  const Column& from = at(column);
  if (from.is_null != 0) return {};
  if (!from.is_integer) return {from.text.data(), from.size};
  char* begin = from.digits.data();
  return {begin, std::to_chars(begin, begin + from.digits.size(), from.integer).ptr};
}

}  // namespace cdh
