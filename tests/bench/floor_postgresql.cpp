#include <stdexcept>

#include <libpq-fe.h>

#include "tests/bench/floor_target.hpp"

namespace cdh {

namespace {

constexpr std::size_t kCopyBytes = 8 << 20;

void require(PGconn* connection, PGresult* result, ExecStatusType wanted) {
  const bool is_well = PQresultStatus(result) == wanted;
  PQclear(result);
  if (!is_well) throw std::runtime_error(PQerrorMessage(connection));
}

class CopyRows final : public FloorRows {
 public:
  CopyRows(PGconn* connection, const std::string& table, const std::string& columns)
      : connection_(connection), copy_("COPY " + table + " (" + columns + ") FROM STDIN") {}

  void add(std::initializer_list<Parameter> values) override {
    append_line(values, lines_);
    if (lines_.size() >= kCopyBytes) flush();
  }
  void flush() override {
    if (lines_.empty()) return;
    require(connection_, PQexec(connection_, copy_.c_str()), PGRES_COPY_IN);
    if (PQputCopyData(connection_, lines_.data(), static_cast<int>(lines_.size())) != 1 ||
        PQputCopyEnd(connection_, nullptr) != 1) {
      throw std::runtime_error(PQerrorMessage(connection_));
    }
    require(connection_, PQgetResult(connection_), PGRES_COMMAND_OK);
    while (PGresult* rest = PQgetResult(connection_)) PQclear(rest);
    lines_.clear();
  }

 private:
  PGconn* connection_;
  std::string copy_, lines_;
};

class PostgresqlFloor final : public FloorTarget {
 public:
  explicit PostgresqlFloor(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK)
      throw std::runtime_error(PQerrorMessage(connection_));
    run("SET client_encoding = 'UTF8'");
  }
  ~PostgresqlFloor() override { PQfinish(connection_); }
  PostgresqlFloor(const PostgresqlFloor&) = delete;
  PostgresqlFloor& operator=(const PostgresqlFloor&) = delete;

  void run(const std::string& sql) override {
    require(connection_, PQexec(connection_, sql.c_str()), PGRES_COMMAND_OK);
  }
  std::unique_ptr<FloorRows> rows(const std::string& table, const std::string& columns) override {
    return std::make_unique<CopyRows>(connection_, table, columns);
  }
  bool makes_indexes_last() const override { return true; }

 private:
  PGconn* connection_;
};

}  // namespace

std::unique_ptr<FloorTarget> open_postgresql_floor(const std::string& url) {
  return std::make_unique<PostgresqlFloor>(url);
}

}  // namespace cdh
