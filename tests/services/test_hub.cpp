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

// The server's own database, "postgresql:///postgres?host=...".
std::string server_url() {
  std::ifstream file(CDH_TEST_POSTGRESQL_URL_FILE);
  std::string url;
  if (!std::getline(file, url)) {
    throw std::runtime_error(
        "no PostgreSQL server for tests: there is no " CDH_TEST_POSTGRESQL_URL_FILE
        "; run the tests by ctest, which starts it (tests/install.sh installs PostgreSQL)");
  }
  return url;
}

std::string url_of(const std::string& database) {
  static constexpr std::string_view kOwn = "/postgres?";
  std::string url = server_url();
  return url.replace(url.find(kOwn), kOwn.size(), "/" + database + "?");
}

void run_on_server(const std::string& statement) {
  Database(server_url(), Database::Mode::existing).execute(statement);
}

}  // namespace

void PrintTo(StoreKind kind, std::ostream* out) {
  *out << (kind == StoreKind::sqlite ? "SQLite" : "PostgreSQL");
}

std::string store_kind_name(const testing::TestParamInfo<StoreKind>& info) {
  return testing::PrintToString(info.param);
}

TestHub::TestHub(StoreKind kind) : folder_(make_folder()) {
  ::setenv("CDH_PLUGIN_PATH", CDH_TEST_PLUGIN_DIR, 1);
  if (kind == StoreKind::sqlite) {
    store_ = "sqlite://" + (folder_ / "hub.db").string();
    return;
  }
  static int count = 0;
  postgresql_database_ = "cdh_test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
  run_on_server("CREATE DATABASE " + postgresql_database_);
  store_ = url_of(postgresql_database_);
}

TestHub::~TestHub() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  if (postgresql_database_.empty()) return;
  try {
    run_on_server("DROP DATABASE " + postgresql_database_ + " WITH (FORCE)");
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
