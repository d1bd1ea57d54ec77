#include "tests/services/test_hub.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <unistd.h>

#include "hub/store/database.hpp"

namespace cdh {

namespace {

std::filesystem::path make_folder() {
  std::string name = testing::TempDir() + "/cdh-test-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
  return name;
}

// A server that CTest starts. Its address names the database that it has of itself.
struct Server {
  std::string name, package, own_database, drop_options;
};

const Server& server_of(StoreKind kind) {
  static const Server kPostgresql = {"postgresql", "PostgreSQL", "/postgres?", " WITH (FORCE)"};
  static const Server kMariadb = {"mariadb", "MariaDB", "/mysql?", ""};
  return kind == StoreKind::postgresql ? kPostgresql : kMariadb;
}

std::string address_of(const Server& server) {
  const std::string path = CDH_TEST_SERVICE_DIR "/" + server.name + "/url";
  std::ifstream file(path);
  std::string url;
  if (!std::getline(file, url)) {
    throw std::runtime_error(
        "no " + server.package + " server for tests: there is no " + path +
        "; run the tests by ctest, which starts it (tests/install.sh installs " + server.package +
        ")");
  }
  return url;
}

std::string url_of(const Server& server, const std::string& database) {
  std::string url = address_of(server);
  return url.replace(url.find(server.own_database), server.own_database.size(),
                     "/" + database + "?");
}

void run_on(const Server& server, const std::string& statement) {
  Database(address_of(server), Database::Mode::existing).execute(statement);
}

}  // namespace

void PrintTo(StoreKind kind, std::ostream* out) {
  *out << (kind == StoreKind::sqlite ? "SQLite" : server_of(kind).package);
}

std::string store_kind_name(const testing::TestParamInfo<StoreKind>& info) {
  return testing::PrintToString(info.param);
}

TestHub::TestHub(StoreKind kind) : folder_(make_folder()), kind_(kind) {
  ::setenv("CDH_PLUGIN_PATH", CDH_TEST_PLUGIN_DIR, 1);
  if (kind == StoreKind::sqlite) {
    store_ = "sqlite://" + (folder_ / "hub.db").string();
    return;
  }
  static int count = 0;
  server_database_ = "cdh_test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
  run_on(server_of(kind), "CREATE DATABASE " + server_database_);
  store_ = url_of(server_of(kind), server_database_);
}

TestHub::~TestHub() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  if (server_database_.empty()) return;
  try {
    const Server& server = server_of(kind_);
    run_on(server, "DROP DATABASE " + server_database_ + server.drop_options);
  } catch (const std::exception& failure) {
    ADD_FAILURE() << failure.what();
  }
}

void TestHub::write(const std::string& file, std::string_view text) const {
  std::ofstream(folder_ / file, std::ios::binary) << text;
}

void TestHub::remove(const std::string& file) const { std::filesystem::remove(folder_ / file); }

HubConfig TestHub::config(const std::string& rest) const {
  return parse_hub_config("hub: { store: \"" + store_ + "\", country: US }\n" + rest,
                          folder_ / "hub.yaml");
}

}  // namespace cdh
