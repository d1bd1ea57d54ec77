#include <algorithm>
#include <cstring>
#include <stdexcept>

#include <mysql.h>

#include "hub/store/store_url.hpp"
#include "tests/bench/floor_target.hpp"

namespace cdh {

namespace {

constexpr std::size_t kLoadBytes = 8 << 20;

// LOAD DATA LOCAL asks for a file; it is given what is in memory.
struct Source {
  std::string_view rest;
};

int begin(void** state, const char*, void* source) {
  *state = source;
  return 0;
}
int read(void* state, char* buffer, unsigned int size) {
  std::string_view& rest = static_cast<Source*>(state)->rest;
  const std::size_t taken = std::min<std::size_t>(size, rest.size());
  std::memcpy(buffer, rest.data(), taken);
  rest.remove_prefix(taken);
  return static_cast<int>(taken);
}
void end(void*) {}
int fail(void*, char* message, unsigned int size) {
  if (size > 0) message[0] = 0;
  return 1;
}

class LoadRows final : public FloorRows {
 public:
  LoadRows(MYSQL* connection, const std::string& table, const std::string& columns)
      : connection_(connection),
        load_("LOAD DATA LOCAL INFILE 'rows' INTO TABLE " + table + " CHARACTER SET utf8mb4 (" +
              columns + ")") {}

  void add(std::initializer_list<Parameter> values) override {
    append_line(values, lines_);
    if (lines_.size() >= kLoadBytes) flush();
  }
  void flush() override {
    if (lines_.empty()) return;
    Source source{lines_};
    mysql_set_local_infile_handler(connection_, begin, read, end, fail, &source);
    if (mysql_real_query(connection_, load_.data(), load_.size()) != 0 ||
        mysql_warning_count(connection_) != 0) {
      throw std::runtime_error(std::string("MariaDB: ") + mysql_error(connection_) + ", warnings " +
                               std::to_string(mysql_warning_count(connection_)));
    }
    lines_.clear();
  }

 private:
  MYSQL* connection_;
  std::string load_, lines_;
};

class MariadbFloor final : public FloorTarget {
 public:
  explicit MariadbFloor(const std::string& address) : connection_(mysql_init(nullptr)) {
    const StoreUrl url = parse_store_url(address);
    const auto socket = url.parameters.find("socket");
    const unsigned int local_infile = 1;
    mysql_options(connection_, MYSQL_OPT_LOCAL_INFILE, &local_infile);
    mysql_options(connection_, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (mysql_real_connect(connection_, url.host.c_str(), url.user.c_str(), url.password.c_str(),
                           url.database.c_str(), 0,
                           socket == url.parameters.end() ? nullptr : socket->second.c_str(),
                           CLIENT_LOCAL_FILES) == nullptr) {
      throw std::runtime_error(std::string("MariaDB: ") + mysql_error(connection_));
    }
    run("SET SESSION unique_checks = 0");
  }
  ~MariadbFloor() override { mysql_close(connection_); }
  MariadbFloor(const MariadbFloor&) = delete;
  MariadbFloor& operator=(const MariadbFloor&) = delete;

  void run(const std::string& sql) override {
    if (mysql_real_query(connection_, sql.data(), sql.size()) != 0) {
      throw std::runtime_error(std::string("MariaDB: ") + mysql_error(connection_));
    }
  }
  std::unique_ptr<FloorRows> rows(const std::string& table, const std::string& columns) override {
    return std::make_unique<LoadRows>(connection_, table, columns);
  }

 private:
  MYSQL* connection_;
};

}  // namespace

std::unique_ptr<FloorTarget> open_mariadb_floor(const std::string& url) {
  return std::make_unique<MariadbFloor>(url);
}

}  // namespace cdh
